"""One Markdown page per student: the points, and for every failed check what helps to mend it."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

import jinja2

from gradekit.errors import GradekitError
from gradekit.records import file_stem, write_atomically
from gradekit.records.output import RECORDS
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import markdown, markdown_fence
from gradekit.report.findings import Finding, remarks, sections
from gradekit.report.wording import PRACTICE, days, points

FOLDER = "feedback"


def write_feedback(report: ClassReport, out: Path) -> Path:
    """Write `out/feedback/STUDENT.md` for every student and return the folder; GradekitError if it cannot be."""
    folder = out / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise GradekitError(f"{folder}: cannot be made ({error.strerror}). Remove what is in the way.") from error
    written = set()
    for result in report.results:
        page = folder / f"{file_stem(result.record.student)}.md"
        write_atomically(page, feedback_page(report, result).encode())
        written.add(page)
    _remove_strays(set(folder.glob("*.md")) - written, out / RECORDS)
    return folder


def _remove_strays(pages: set[Path], records: Path) -> None:
    """Remove those of ``pages`` that belong to students who have no record any more, and no other file."""
    for page in pages:
        if not (records / f"{page.stem}.json").exists():
            with contextlib.suppress(OSError), page.open("rb") as file:
                heading = file.readline(1000)
                if heading.startswith(b"# ") and b": feedback for " in heading:
                    page.unlink()


def feedback_page(report: ClassReport, result: Result) -> str:
    """The page of one student, as Markdown; what it may tell of a hidden check is settled in `findings`."""
    score = result.score
    page = (
        _environment()
        .get_template("feedback.md.j2")
        .render(
            title=report.config.title,
            student=result.record.student,
            score=score,
            record=result.record,
            practice=PRACTICE if result.record.status == "graded" and not result.record.confined else "",
            late=days(score.days_late) if score.days_late else "",
            data=", ".join(result.data),
            sections=sections(result, report),
            remarks=remarks(result),
        )
    )
    return page.rstrip("\n") + "\n"


def finding_text(finding: Finding) -> str:
    """What one finding says, as Markdown without a heading."""
    return _environment().get_template("finding.md.j2").render(finding=finding).rstrip("\n")


class _Markdown(str):
    """Text that is Markdown already; all other text is escaped when the template shows it."""

    __slots__ = ()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 - `finalize` escapes, for Markdown instead of HTML
        loader=jinja2.PackageLoader("gradekit.report"),
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: value if isinstance(value, _Markdown) else markdown(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["fence"] = lambda text: _Markdown(markdown_fence(text))
    environment.filters["heading"] = lambda text: text.rstrip(".")
    environment.filters["sentence"] = lambda text: text[:1].upper() + text[1:].rstrip(".") + "."
    environment.filters["points"] = lambda value: _Markdown(points(value))
    return environment
