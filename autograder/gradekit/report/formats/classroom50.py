"""`--format classroom50`: `result.json` as the runner of Classroom 50 takes it from an autograder.

Schema `classroom50/result/v1`: schemas/result-v1.schema.json of github.com/foundation50/classroom50. Who handed in what,
and when, comes from the environment variables that its runner sets.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timezone
from fractions import Fraction
from math import lcm
from typing import Any

from gradekit.errors import GradekitError
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import json_text, plain
from gradekit.report.formats.base import Format
from gradekit.report.wording import points
from gradekit.rubric import GradingConfig
from gradekit.rubric.types import exact

SCHEMA = "classroom50/result/v1"
_REQUIRED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")


def classroom50_result(
    report: ClassReport, result: Result, environment: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """The content of `result.json`, one test per part; `now` is what stands for the time of the hand-in.

    Its scores are whole numbers: where the rubric pays fractions of a point, all of them are multiplied by `scale`.
    What is still not whole, by a late penalty, is rounded down. A score above the maximum is cut, since the schema
    refuses it. Raises GradekitError where the variables of Classroom 50's runner are missing.
    """
    missing = [name for name in _REQUIRED if not environment.get(name)]
    owner = environment.get("OWNER") or environment.get("USERNAME")
    missing += [] if owner else ["OWNER"]
    if missing:
        raise GradekitError(
            f"--format classroom50 needs what Classroom 50's runner sets; {', '.join(missing)} is not set. "
            "Elsewhere, use --format github or json."
        )
    factor = scale(report.config)
    maximum = _whole(report.config.maximum, factor)
    return {
        "schema": SCHEMA,
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": owner,
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": min(_whole(result.score.total, factor), maximum),
        "max-score": maximum,
        "tests": [
            {
                "test-name": plain(f"{part.part.title} (bonus)" if part.part.bonus else part.part.title),
                "passed": part.points >= part.maximum,
                "score": min(_whole(part.points, factor), _whole(part.maximum, factor)),
                "max-score": _whole(part.maximum, factor),
                "points": f"{points(part.points)} of {points(part.maximum)}",
            }
            for part in result.score.parts.values()
            if not part.pending
        ],
    }


def scale(config: GradingConfig) -> int:
    """The least whole number that makes all points of the rubric whole, the same for every student of a course."""
    worths: list[Fraction] = [exact(part.points) for part in config.parts]
    for check in config.checks.values():
        worths.append(exact(check.points))
        worths += [exact(rung.points) for rungs in check.ladder.values() for rung in rungs]
    return lcm(*(worth.denominator for worth in worths))


def _whole(value: float, factor: int) -> int:
    return int(exact(value) * factor)


def _render(report: ClassReport) -> str:
    if len(report.results) != 1:
        raise GradekitError("--format classroom50 is for one hand-in: name its folder, and its --student.")
    value = classroom50_result(report, report.results[0], os.environ, datetime.now(timezone.utc))
    return json_text(value) + "\n"


FORMAT = Format("classroom50", "result.json for Classroom 50, of one hand-in", _render)
