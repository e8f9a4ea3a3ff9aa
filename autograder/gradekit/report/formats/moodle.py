"""`--format moodle`: the grading worksheet with grades and feedback comments, in `moodle-grades.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from rich.console import RenderableType

from gradekit.records import write_atomically
from gradekit.report.classlist import ClassList, Member
from gradekit.report.classreport import ClassReport
from gradekit.report.escape import csv_cell, csv_html
from gradekit.report.feedback import feedback_page
from gradekit.report.formats.base import Format
from gradekit.report.returning import Grades, Returned, grades, summary
from gradekit.report.wording import points

NAME = "moodle-grades.csv"
MAX_COMMENT = 30_000  # characters; a spreadsheet cuts a cell at 32,767

# Moodle looks for the first two and "Last modified (grade)" by their names, and takes no file without them.
_COLUMNS = (
    *("Identifier", "Full name", "Email address", "Grade", "Maximum grade"),
    *("Last modified (grade)", "Feedback comments"),
)
_COMMENTS = "feedback comments"


def _write_files(report: ClassReport, out: Path) -> tuple[Path, ...]:
    path = out / NAME
    text = moodle_csv(report)
    write_atomically(path, text.encode("utf-8" if text.isascii() else "utf-8-sig"))
    return (path,)


def moodle_csv(report: ClassReport) -> str:
    """The worksheet as CSV, with the headings that it was downloaded with.

    Only students with a grade are in it: Moodle takes a comment also where it refuses the grade beside it.
    """
    found = grades(report, "moodle")
    columns = found.class_list.columns or _COLUMNS
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for grade in found.returned:
        if not _is_locked(grade.member, columns):
            writer.writerow(_row(grade, report, found, columns))
    return buffer.getvalue()


def _row(grade: Returned, report: ClassReport, found: Grades, columns: Sequence[str]) -> list[str]:
    member = grade.member
    if len(member.row) == len(columns):
        cells = [*map(_cell, member.row)]
    else:
        known = {
            "identifier": f"Participant {member.number}",
            "full name": member.name,
            "email address": member.email,
            "maximum grade": points(found.maximum),
            "last modified (grade)": "-",
        }
        cells = [_cell(known.get(column.strip().casefold(), "")) for column in columns]
    page = feedback_page(report, grade.result)
    if grade.points < grade.result.score.total:
        page += f"\n{points(grade.points)} points is the most that this assignment counts.\n"
    filled = {"grade": points(grade.points), _COMMENTS: comment(page)}
    return [filled.get(column.strip().casefold(), cell) for column, cell in zip(columns, cells, strict=True)]


def _cell(text: str) -> str:
    """One cell that Moodle was the first to write; a dash is its word for nothing, a backslash would be PHP's escape."""
    return text if text.strip() == "-" else csv_cell(text).replace("\\", "/")


def comment(page: str) -> str:
    """A feedback page in Markdown as HTML for one cell; a page that is too long ends after a whole section."""
    sections = re.split(r"(?m)^(?=## )", page)
    for kept in range(len(sections), 0, -1):
        cut = "" if kept == len(sections) else "\n\n*There is more to say than fits here; ask for the whole page.*\n"
        html = csv_html(_MARKDOWN.render("".join(sections[:kept]) + cut))
        if len(html) <= MAX_COMMENT:
            return html
    return ""


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def _is_locked(member: Member, columns: Sequence[str]) -> bool:
    """Whether the worksheet says that this grade cannot be changed."""
    if len(member.row) != len(columns):
        return False
    row = dict(zip((column.strip().casefold() for column in columns), member.row, strict=True))
    return row.get("grade can be changed", "").strip().casefold() == "no"


def _render(report: ClassReport) -> RenderableType:
    found = grades(report, "moodle")
    return summary(
        found,
        f"In Moodle: the assignment, Submissions, Actions, Upload grading worksheet, {NAME}.",
        _remarks(found, found.class_list),
    )


def _remarks(found: Grades, class_list: ClassList) -> list[str]:
    columns = class_list.columns
    remarks = []
    locked = [grade.member.student for grade in found.returned if _is_locked(grade.member, columns)]
    if locked:
        remarks.append(f"locked in Moodle and left out: {len(locked)}, for instance {locked[0]}")
    if columns and _COMMENTS not in {column.strip().casefold() for column in columns}:
        remarks.append("no feedback: the worksheet has no column for it (switch on the assignment's feedback comments)")
    return remarks


FORMAT = Format("moodle", f"Moodle's grading worksheet with grades and feedback, in {NAME}", _render, _write_files)
