"""`--format gradescope`: `results.json` as Gradescope reads it, one per student.

Fields: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import RenderableType
from rich.text import Text

from gradekit import __version__
from gradekit.records import file_stem, write_atomically
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import json_text, markdown, plain
from gradekit.report.feedback import finding_text
from gradekit.report.findings import Section, finding_of, remarks, sections, shortfall
from gradekit.report.formats.base import Format
from gradekit.report.wording import PRACTICE, days, points
from gradekit.scoring import CheckScore, PartScore

FOLDER = "gradescope"

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]


@dataclass(frozen=True)
class GradescopeOptions:
    """What a course may choose.

    `hidden_checks` is when students see what the hidden checks say; anything but "visible" hides their total as long,
    because Gradescope shows a total only with all that adds up to it. `leaderboard` publishes measures (accuracies)
    under pseudonyms.
    """

    hidden_checks: Visibility = "visible"
    leaderboard: bool = False


def gradescope_results(report: ClassReport, result: Result, options: GradescopeOptions) -> dict[str, Any]:
    """The content of `results.json` for one result.

    One test per public check and one for the hidden checks of each part, which tells no more of them than a feedback
    page does. No test is there for the course staff alone: Gradescope would hide the total with it.
    """
    score = result.score
    value: dict[str, Any] = {
        "score": score.total if report.allow_above_maximum else min(score.total, score.maximum),
        "output": _preface(result),
        "output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": list(_tests(report, result, options)),
        "extra_data": _extra_data(report, result),
    }
    if options.leaderboard:
        value["leaderboard"] = _leaderboard(result)
    return value


def _preface(result: Result) -> str:
    record, score = result.record, result.score
    lines = []
    if record.status == "ungradable":
        lines.append(f"**This hand-in could not be graded: {markdown(record.reason)}**")
    elif not record.confined:
        lines.append(f"**{PRACTICE}**")
    lines.append(f"**Total: {points(score.total)} of {points(score.maximum)} points**")
    if score.days_late:
        lines.append(f"Earned {points(score.earned)} points, handed in {days(score.days_late)} late.")
    pending = [markdown(part.part.title) for part in score.parts.values() if part.pending]
    if pending:
        lines.append(f"A person has yet to mark: {', '.join(pending)}.")
    if result.data:
        lines.append(f"Accuracies were counted on {markdown(', '.join(result.data))}.")
    lines += [markdown(remark) for remark in remarks(result)]
    return "\n\n".join(lines)


def _tests(report: ClassReport, result: Result, options: GradescopeOptions) -> Iterable[dict[str, Any]]:
    if result.record.status == "ungradable":
        return
    told = {section.part.part.name: section for section in sections(result, report)}
    for index, (name, part) in enumerate(result.score.parts.items(), start=1):
        if part.part.manual:
            if not part.pending:
                yield _test(part.part.title, f"{index}", part.points, part.maximum, "")
            continue
        public = [check for check in part.checks if check.check.visibility == "public"]
        for number, check in enumerate(public, start=1):
            title = f"{_part_title(part)}: {report.titles.get(check.check.name, check.check.name).rstrip('.')}"
            yield {
                **_test(title, f"{index}.{number}", check.points, check.check.points, _check_text(check, report)),
                "status": "passed" if check.outcome.status == "passed" else "failed",
            }
        hidden = [check for check in part.checks if check.check.visibility == "hidden"]
        if hidden:
            yield _hidden_test(part, hidden, f"{index}.{len(public) + 1}", told.get(name), options)


def _hidden_test(
    part: PartScore, checks: list[CheckScore], number: str, section: Section | None, options: GradescopeOptions
) -> dict[str, Any]:
    passed = sum(check.outcome.status == "passed" for check in checks)
    # What the part pays is rounded once; the rest of it belongs to the public checks.
    paid = round(part.points - sum(check.points for check in part.checks if check.check.visibility == "public"), 2)
    texts = [finding_text(finding) for finding in section.findings if not finding.cause.public] if section else []
    texts += [markdown(note) for note in section.notes if note.startswith("A hidden check")] if section else []
    title = f"{_part_title(part)}: {passed} of {len(checks)} hidden checks passed"
    return {
        **_test(title, number, max(0.0, paid), sum(check.check.points for check in checks), "\n\n".join(texts)),
        "status": "passed" if passed == len(checks) else "failed",
        "visibility": options.hidden_checks,
    }


def _check_text(check: CheckScore, report: ClassReport) -> str:
    finding = finding_of(check, report)
    if finding is not None:
        return finding_text(finding)
    return markdown(shortfall(check, report)) if check.points < check.check.points else ""


def _part_title(part: PartScore) -> str:
    return (
        f"{part.part.title} (bonus)" if part.part.bonus and "bonus" not in part.part.title.lower() else part.part.title
    )


def _test(title: str, number: str, score: float, maximum: float, output: str) -> dict[str, Any]:
    return {
        "name": plain(title),
        "name_format": "text",
        "number": number,
        "score": round(float(score), 2),
        "max_score": round(float(maximum), 2),
        "output": output,
        "output_format": "md",
        "visibility": "visible",
    }


def _extra_data(report: ClassReport, result: Result) -> dict[str, Any]:
    score = result.score
    return {
        "gradekit": __version__,
        "lab": report.config.lab,
        "status": score.status,
        "confined": result.record.confined,
        "earned": score.earned,
        "days_late": score.days_late,
        "parts": {name: part.points for name, part in score.parts.items() if not part.pending},
    }


def _leaderboard(result: Result) -> list[dict[str, Any]]:
    """What the rubric pays by its height; other measures are the same for all who are right."""
    laddered = [check for part in result.score.parts.values() for check in part.checks if check.check.ladder]
    return [
        {
            "name": plain(f"{check.check.measure} ({check.outcome.data})"),
            "value": check.outcome.measures[check.check.measure],
            "order": "desc",
        }
        for check in laddered
        if check.check.measure in check.outcome.measures
    ]


def _write_files(report: ClassReport, out: Path) -> tuple[Path, ...]:
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    for result in report.results:
        value = gradescope_results(report, result, GradescopeOptions())
        write_atomically(folder / f"{file_stem(result.record.student)}.json", json_text(value).encode())
    return (folder,)


def _render(report: ClassReport) -> RenderableType:
    return Text(f"results.json of {len(report.results)} students", style="dim")


FORMAT = Format("gradescope", "results.json for Gradescope, one per student", _render, _write_files)
