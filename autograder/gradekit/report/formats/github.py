"""`--format github`: annotations and a log for GitHub Actions, the job summary, and JUnit XML.

Workflow commands: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console

from gradekit.errors import GradekitError
from gradekit.records import write_atomically
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import markdown, plain, workflow_message, workflow_value
from gradekit.report.feedback import feedback_page
from gradekit.report.findings import Finding, sections
from gradekit.report.formats.base import Format
from gradekit.report.formats.junit import junit_xml
from gradekit.report.terminal import class_table
from gradekit.report.wording import PRACTICE, points

FOLDER = "github"
SUMMARY = "summary.md"
JUNIT = "junit.xml"
MAX_ANNOTATIONS = 10  # of each level; what a step prints beyond is dropped by GitHub
MAX_SUMMARY = 1 << 20  # bytes that GitHub takes of one step
MAX_MESSAGE = 4096  # characters; GitHub cuts longer ones

Level = Literal["error", "warning", "notice"]
_LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
_PLACE = re.compile(r"([\w.-]+\.py), line ([0-9]{1,6}):")


@dataclass(frozen=True)
class Annotation:
    """A remark that GitHub shows beside the code; `file` is relative to the hand-in, `line` counts from 1, 0 for none."""

    level: Level
    title: str
    message: str
    file: str = ""
    line: int = 0

    def command(self) -> str:
        """The workflow command, on one line."""
        properties = {"file": self.file, "line": str(self.line) if self.line else "", "title": plain(self.title)}
        listed = ",".join(f"{name}={workflow_value(value)}" for name, value in properties.items() if value)
        message = self.message if len(self.message) <= MAX_MESSAGE else self.message[:MAX_MESSAGE] + " …"
        return f"::{self.level} {listed}::{workflow_message(message)}"


def github_log(report: ClassReport) -> str:
    """What a step prints: the class as a table in which no workflow command counts, then the annotations."""
    buffer = io.StringIO()
    Console(file=buffer, width=120, color_system=None, highlight=False).print(class_table(report))
    token = secrets.token_hex(16)
    lines = [f"::stop-commands::{token}", buffer.getvalue().rstrip("\n"), f"::{token}::"]
    lines += [annotation.command() for annotation in capped(annotate(report))]
    return "\n".join(lines) + "\n"


def annotate(report: ClassReport) -> Iterator[Annotation]:
    """For one student what every failed check says, beside the code; for a class only what needs a person."""
    if len(report.results) == 1:
        yield from _of_one(report, report.results[0])
    else:
        for result in report.results:
            yield from _of_class(result)


def capped(found: Iterable[Annotation]) -> list[Annotation]:
    """At most `MAX_ANNOTATIONS` of each level; the last one says how many are left out."""
    by_level: dict[Level, list[Annotation]] = {level: [] for level in _LEVELS}
    for annotation in found:
        by_level[annotation.level].append(annotation)
    kept: list[Annotation] = []
    for level, of_level in by_level.items():
        if len(of_level) > MAX_ANNOTATIONS:
            left_out = len(of_level) - MAX_ANNOTATIONS + 1
            of_level = of_level[: MAX_ANNOTATIONS - 1]
            of_level.append(Annotation(level, "And more", f"{left_out} more are in the summary of this job."))
        kept += of_level
    return kept


def github_summary(report: ClassReport) -> str:
    """The job summary in Markdown: the feedback page of one student, or a table of a class without any feedback."""
    text = feedback_page(report, report.results[0]) if len(report.results) == 1 else _class_summary(report)
    data = text.encode()
    if len(data) <= MAX_SUMMARY:
        return text
    note = "\n\nThe rest is too long for a summary; it is in the feedback folder.\n"
    cut = data[: MAX_SUMMARY - len(note.encode())].decode("utf-8", "ignore")
    return cut[: cut.rindex("\n\n")] + _closing_fence(cut[: cut.rindex("\n\n")]) + note


def _closing_fence(text: str) -> str:
    """What ends a code block that the cut has left open, or nothing."""
    opened = ""
    for fence in re.findall(r"^(`{3,})(?:text)?$", text, re.MULTILINE):
        opened = fence if not opened else "" if fence == opened else opened
    return f"\n{opened}" if opened else ""


def _of_one(report: ClassReport, result: Result) -> Iterator[Annotation]:
    record, score = result.record, result.score
    total = f"{points(score.total)} of {points(score.maximum)} points"
    if record.status == "ungradable":
        yield Annotation("error", "This hand-in could not be graded", record.reason)
        return
    if not record.confined:
        yield Annotation("warning", "Not confined", PRACTICE)
    yield Annotation("notice", report.config.title, total)
    places = _places(report, result)
    found = [(section.part.part, finding) for section in sections(result, report) for finding in section.findings]
    for part, finding in sorted(found, key=lambda pair: (pair[0].bonus, -pair[1].lost)):
        file, line = places.get(part.name, (part.file, 0))
        yield Annotation(
            "notice" if part.bonus else "error", _title(part.title, finding), _message(finding), file, line
        )


def _of_class(result: Result) -> Iterator[Annotation]:
    student = result.record.student
    if result.record.status == "ungradable":
        yield Annotation("error", student, result.record.reason)
    elif not result.record.confined:
        yield Annotation("warning", student, PRACTICE)
    broken = [outcome.check for outcome in result.outcomes if outcome.status == "internal-error"]
    if broken:
        yield Annotation("error", student, f"The grader itself failed in {', '.join(broken)}.")
    for flag in result.flags:
        yield Annotation("warning", student, flag)


def _title(part: str, finding: Finding) -> str:
    name = finding.titles[0].rstrip(".") if len(finding.titles) == 1 else f"{len(finding.titles)} checks"
    cost = f" ({points(finding.lost)} point{'' if finding.lost == 1 else 's'})" if finding.lost else ""
    return f"{part}: {name}{cost}"


def _message(finding: Finding) -> str:
    what = finding.cause.what
    texts = [f"{what[:1].upper()}{what[1:]}."]
    texts += [f"{head}: {text}" for head, text in finding.cause.values]
    texts += [finding.cause.advice] if finding.cause.advice else []
    texts += [f"{title}. {hint}" for title, hint in finding.hints]
    return "\n".join(texts)


def _places(report: ClassReport, result: Result) -> dict[str, tuple[str, int]]:
    """Part -> the file and line that its syntax error names."""
    found: dict[str, tuple[str, int]] = {}
    for outcome in result.outcomes:
        place = _PLACE.match(outcome.got) if outcome.status == "syntax-error" else None
        if place and place[1] in report.config.files:
            found.setdefault(outcome.part, (place[1], int(place[2])))
    return found


def _class_summary(report: ClassReport) -> str:
    maximum = points(report.config.maximum)
    lines = [f"# {markdown(report.config.title)}", ""]
    if report.unconfined:
        lines += [f"> **{PRACTICE}** ({report.unconfined} of {len(report.results)} submissions)", ""]
    lines += [f"| student | points of {maximum} | status |", "|:--|--:|:--|"]
    for result in report.results:
        status = result.score.status + (", flagged" if result.flags else "")
        lines.append(f"| {markdown(result.record.student)} | {points(result.score.total)} | {status} |")
    return "\n".join(lines) + "\n"


def _write_files(report: ClassReport, out: Path) -> tuple[Path, ...]:
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    summary, junit = folder / SUMMARY, folder / JUNIT
    text = github_summary(report)
    write_atomically(summary, text.encode())
    write_atomically(junit, junit_xml(report).encode())
    if step := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(step).open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise GradekitError(f"$GITHUB_STEP_SUMMARY: {step} cannot be written ({error.strerror}).") from error
    return summary, junit


FORMAT = Format("github", "annotations, job summary and JUnit XML for GitHub Actions", github_log, _write_files)
