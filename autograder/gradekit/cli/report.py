"""`gradekit report`: records to points, feedback and gradebook; runs no check."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer
from rich.text import Text

from gradekit.checks_index import index_checks
from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.course import Course
from gradekit.diagnosis import load_catalogue
from gradekit.errors import GradekitError
from gradekit.records import RecordStore
from gradekit.report import find_format, formats, write_reports
from gradekit.report.escape import terminal
from gradekit.scoring import read_late_file

_FORMATS = "; ".join(f"{name}: {format_.summary}" for name, format_ in formats().items())


def report(
    directory: Annotated[Path, typer.Argument(help="The folder that `gradekit grade --out` wrote.")] = Path("grades"),
    output_format: Annotated[
        str, typer.Option("--format", "-f", help=f"What to make of the records. {_FORMATS}.")
    ] = "table",
    course: CourseOption = HERE,
    late: Annotated[
        Path | None,
        typer.Option(help="CSV file with a column `student` and one of `minutes`, `hours`, `days` after the deadline."),
    ] = None,
) -> None:
    """Turn records into points by grading_config.py as it is now: table, gradebook.csv, feedback pages.

    Runs no check. Exit code 1 when a record is damaged; the others are reported all the same.
    """
    find_format(output_format)
    if not directory.is_dir():
        raise GradekitError(f"{directory}: there is no such folder. Name the folder that `gradekit grade --out` wrote.")
    minutes_late = read_late_file(late) if late else MappingProxyType({})
    if not print_report(Course.find(course), directory, output_format, minutes_late=minutes_late):
        raise typer.Exit(1)


def print_report(
    course: Course,
    out: Path,
    output_format: str,
    students: Collection[str] | None = None,
    *,
    minutes_late: Mapping[str, float] = MappingProxyType({}),
) -> bool:
    """Write the files of a format and print it, for `students` only if they are given; False if a record is damaged."""
    config = course.config
    stored = RecordStore(out).load_all()
    for error in stored.damaged:
        _warn(str(error))
    if not stored.records and not stored.damaged:
        raise GradekitError(f"{out}: holds no records. Make some with `gradekit grade PATH... --out {out}`.")
    titles = {name: check.title for name, check in index_checks(course.public_checks, course.hidden_checks).items()}
    unknown = sorted(minutes_late.keys() - {record.student for record in stored.records})
    if unknown:
        _warn(f"late: no record of {', '.join(unknown[:5])}{' and others' if len(unknown) > 5 else ''}")
    printed = write_reports(
        out, stored.records, config, titles, _hints(course), output_format, minutes_late=minutes_late, shown=students
    )
    if isinstance(printed, str):
        sys.stdout.write(printed)
    else:
        console().print(printed)
    return not stored.damaged


def _hints(course: Course) -> dict[str, tuple[str, str]]:
    if not course.misconceptions.is_dir():
        return {}
    return {entry.name: (entry.title, entry.hint) for entry in load_catalogue(course.misconceptions)}


def _warn(message: str) -> None:
    error_console().print(
        Text("error: ", style="bold red").append(terminal(message), style="not bold default"), soft_wrap=True
    )
