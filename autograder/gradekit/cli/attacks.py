"""`gradekit attacks`: hostile hand-ins graded among honest ones, as a table attack × outcome."""

from __future__ import annotations

import json as json_module
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.quality.attacks import AttackReport, run_suite


def attacks(
    names: Annotated[
        list[str] | None, typer.Argument(help="Only attacks whose names begin so, e.g. 05; default: all.")
    ] = None,
    course: CourseOption = HERE,
    json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Grade the hostile hand-ins of the corpus among honest ones: nothing gained, nothing learnt, nobody disturbed.

    Ends non-zero on any surprise. Needs kernel confinement, as grading for marks does.
    """
    started = time.monotonic()
    found = Course.find(course)
    gate(practice=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        tempfile.TemporaryDirectory(prefix="gradekit-suite-") as folder,
        Progress(*columns, console=error_console(), transient=True) as bar,
    ):
        task = bar.add_task("preparing")
        report = run_suite(found, Path(folder), lambda text: bar.update(task, description=text), names or ())
    if json:
        print(json_module.dumps(_plain(report), indent=1, ensure_ascii=True))
    else:
        _show(report, time.monotonic() - started)
    sys.exit(0 if report.passed else 1)


def _plain(report: AttackReport) -> dict[str, object]:
    return {
        "passed": report.passed,
        "honest": report.honest,
        "harm": list(report.harm),
        "attacks": [
            {
                "name": fate.attack.name,
                "rows": list(fate.attack.rows),
                "total": fate.total,
                "outcome": fate.outcome,
                "surprises": list(fate.surprises),
            }
            for fate in report.fates
        ],
    }


def _show(report: AttackReport, seconds: float) -> None:
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("attack", no_wrap=True)
    table.add_column("what it tries", overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("outcome", overflow="fold")
    for fate in report.fates:
        style = "red" if fate.surprises else "green"
        table.add_row(fate.attack.name, Text(fate.attack.does), f"{fate.total:g}", Text(fate.outcome, style))
    screen = console()
    screen.print(table)
    surprises = [f"{fate.attack.name} {surprise}" for fate in report.fates for surprise in fate.surprises]
    for line in (*surprises, *report.harm):
        error_console().print(line, style="red", markup=False)
    screen.print(
        f"{len(report.fates)} attacks among {report.honest} honest hand-ins: "
        f"{len(surprises)} surprises, {len(report.harm)} kinds of harm; {seconds:.0f} s"
    )
