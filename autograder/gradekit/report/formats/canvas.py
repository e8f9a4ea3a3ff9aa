"""`--format canvas`: the one column of Canvas's gradebook that Import needs, in `canvas-grades.csv`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from rich.console import RenderableType

from gradekit.records import write_atomically
from gradekit.report.classlist import Member
from gradekit.report.classreport import ClassReport
from gradekit.report.escape import csv_cell
from gradekit.report.formats.base import Format
from gradekit.report.returning import grades, summary
from gradekit.report.wording import points

NAME = "canvas-grades.csv"
_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def _write_files(report: ClassReport, out: Path) -> tuple[Path, ...]:
    path = out / NAME
    # No byte-order mark: Ruby, which reads it there, takes a quote after one for a mistake.
    write_atomically(path, canvas_csv(report).encode())
    return (path,)


def canvas_csv(report: ClassReport) -> str:
    """The gradebook as CSV: headings, the points possible, and one line for each student who has a grade.

    Students without a grade are no line, because Canvas takes an empty cell for the wish to delete a grade.
    """
    found = grades(report, "canvas")
    columns = found.class_list.columns or _COLUMNS
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*columns, csv_cell(found.class_list.assignment or report.config.title)])
    writer.writerow(["    Points Possible", *[""] * (len(columns) - 1), points(found.maximum)])
    for grade in found.returned:
        cells = [*map(csv_cell, _row(grade.member, columns))]
        writer.writerow([*cells, points(grade.points)])
    return buffer.getvalue()


def _row(member: Member, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The student's cells as Canvas gave them; without a gradebook, what the download told."""
    if len(member.row) == len(columns):
        return member.row
    known = {"Student": member.name, "ID": member.number, "SIS Login ID": member.login}
    return tuple(known.get(column.strip(), "") for column in columns)


def _render(report: ClassReport) -> RenderableType:
    return summary(grades(report, "canvas"), f"In Canvas: Grades, Import, {NAME}. Feedback pages: --format table.")


FORMAT = Format("canvas", f"the grades for Canvas's Import, in {NAME}", _render, _write_files)
