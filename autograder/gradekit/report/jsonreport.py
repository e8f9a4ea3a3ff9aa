"""The class as JSON for programs; the keys of docs/architecture.md stay, others may be added."""

from __future__ import annotations

from typing import Any

from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import json_text


def json_report(report: ClassReport) -> str:
    """One JSON object, students in the order of their ids, ending with a line end."""
    value = {
        "lab": report.config.lab,
        "max": report.config.maximum,
        "students": [_student(result) for result in report.results],
    }
    return json_text(value) + "\n"


def _student(result: Result) -> dict[str, Any]:
    record, score = result.record, result.score
    return {
        "student": record.student,
        "total": score.total,
        "max": score.maximum,
        "status": score.status,
        "reason": record.reason,
        "kind": record.kind,
        "confined": record.confined,
        "data": list(result.data),
        "days_late": score.days_late,
        "earned": score.earned,
        "flags": list(result.flags),
        "misconceptions": list(result.misconceptions),
        "parts": {
            name: {
                "points": part.points,
                "max": part.maximum,
                "bonus": part.part.bonus,
                "pending": part.pending,
            }
            for name, part in score.parts.items()
        },
        "checks": {
            check.check.name: {
                "part": name,
                "outcome": check.outcome.status,
                "misconception": next(iter(check.outcome.misconceptions), None),
                "points": check.points,
                "max": float(check.check.points),
                "category": check.outcome.category,
                "measures": dict(check.outcome.measures),
            }
            for name, part in score.parts.items()
            for check in part.checks
        },
    }
