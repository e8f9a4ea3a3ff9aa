"""`gradekit report`: records to points, feedback and gradebook; runs no check."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer
from rich.text import Text

from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.cli.threshold import ThresholdOption, demand_threshold
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.records import RecordStore
from gradekit.report import find_format, formats, write_reports
from gradekit.report.classlist import LATE_NAME, ClassList, read_class_list
from gradekit.report.escape import terminal
from gradekit.report.texts import check_titles, hints
from gradekit.rubric import GradingConfig
from gradekit.scoring import Marks, read_late_file, read_marks_file

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
    marks: Annotated[
        Path | None,
        typer.Option(
            help="Points of the parts that a person marks: a CSV file with a column `student` and one for each such "
            "part (a filled-in gradebook.csv will do), or nbgrader's gradebook.db."
        ),
    ] = None,
    class_folder: Annotated[
        Path | None,
        typer.Option(
            "--class",
            help="The class folder that `gradekit collect` wrote: who is who on the platform, and who is late.",
        ),
    ] = None,
    allow_above_maximum: Annotated[
        bool, typer.Option("--allow-above-maximum", help="Let bonus points lift a platform's grade above its maximum.")
    ] = False,
    threshold: ThresholdOption = None,
) -> None:
    """Turn records into points by grading_config.py as it is now: table, gradebook.csv, feedback pages.

    Runs no check. Exit code 1 when a record is damaged; the others are reported all the same.
    """
    find_format(output_format)
    if not directory.is_dir():
        raise GradekitError(f"{directory}: there is no such folder. Name the folder that `gradekit grade --out` wrote.")
    found = Course.find(course)
    class_list = read_class_list(class_folder) if class_folder else None
    if class_folder and not late:
        late = class_folder / LATE_NAME
    minutes_late = read_late_file(late) if late else MappingProxyType({})
    given = _read_marks(marks, found.config) if marks else MappingProxyType({})
    if not print_report(
        found,
        directory,
        output_format,
        minutes_late=minutes_late,
        marks=given,
        class_list=class_list,
        allow_above_maximum=allow_above_maximum,
    ):
        raise typer.Exit(1)
    demand_threshold(found, directory, threshold, minutes_late=minutes_late, marks=given)


def print_report(
    course: Course,
    out: Path,
    output_format: str,
    students: Collection[str] | None = None,
    *,
    minutes_late: Mapping[str, float] = MappingProxyType({}),
    marks: Marks = MappingProxyType({}),
    class_list: ClassList | None = None,
    allow_above_maximum: bool = False,
) -> bool:
    """Write the files of a format and print it, for `students` only if they are given; False if a record is damaged."""
    config = course.config
    stored = RecordStore(out).load_all()
    for error in stored.damaged:
        _warn(str(error))
    if not stored.records and not stored.damaged:
        raise GradekitError(f"{out}: holds no records. Make some with `gradekit grade PATH... --out {out}`.")
    students_known = {record.student for record in stored.records}
    for option, named in (("late", minutes_late), ("marks", marks)):
        if unknown := sorted(named.keys() - students_known):
            _warn(f"{option}: no record of {', '.join(unknown[:5])}{' and others' if len(unknown) > 5 else ''}")
    printed = write_reports(
        out,
        stored.records,
        config,
        check_titles(course),
        hints(course),
        output_format,
        minutes_late=minutes_late,
        marks=marks,
        shown=students,
        class_list=class_list,
        allow_above_maximum=allow_above_maximum,
    )
    if isinstance(printed, str):
        sys.stdout.write(printed)
    else:
        console().print(printed)
    return not stored.damaged


def _read_marks(path: Path, config: GradingConfig) -> Marks:
    if path.suffix != ".db":
        return read_marks_file(path, config)
    from gradekit.platforms.nbgrader.marks import read_marks_database  # nbgrader takes a second to import

    return read_marks_database(path, config)


def _warn(message: str) -> None:
    error_console().print(
        Text("error: ", style="bold red").append(terminal(message), style="not bold default"), soft_wrap=True
    )
