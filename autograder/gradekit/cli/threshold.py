"""`--threshold`: an exit code that says whether every total is high enough, for continuous integration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer
from rich.text import Text

from gradekit.cli.output import error_console
from gradekit.course import Course
from gradekit.records import RecordStore
from gradekit.report import assemble
from gradekit.report.escape import terminal
from gradekit.report.wording import points
from gradekit.rubric.types import exact
from gradekit.scoring import Marks

BELOW = 3
"""The exit code; 1 is a mistake that the user can mend, 2 a wrong command line."""

ThresholdOption = Annotated[
    float | None,
    typer.Option(
        "--threshold", min=0, max=100, help=f"Exit code {BELOW} if a total is below so many percent, or ungradable."
    ),
]


def demand_threshold(
    course: Course,
    out: Path,
    threshold: float | None,
    students: Collection[str] | None = None,
    *,
    minutes_late: Mapping[str, float] = MappingProxyType({}),
    marks: Marks = MappingProxyType({}),
) -> None:
    """Raise typer.Exit with code `BELOW` where a total of `students` (None: all) is below `threshold` percent."""
    if threshold is None:
        return
    records = RecordStore(out).load_all().records
    report = assemble(records, course.config, {}, {}, minutes_late=minutes_late, marks=marks)
    below = [
        f"{result.record.student} ({points(result.score.total)} of {points(result.score.maximum)} points)"
        for result in (report if students is None else report.only(students)).results
        if result.record.status == "ungradable" or _percent(result.score.total, result.score.maximum) < exact(threshold)
    ]
    if below:
        listed = ", ".join(below[:5]) + (f" and {len(below) - 5} others" if len(below) > 5 else "")
        error_console().print(Text(f"below {points(threshold)} %: {terminal(listed)}", style="red"), soft_wrap=True)
        raise typer.Exit(BELOW)


def _percent(total: float, maximum: float) -> Fraction:
    return 100 * exact(total) / exact(maximum) if maximum else Fraction(100)
