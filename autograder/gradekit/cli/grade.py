"""`gradekit grade`: submissions to records, on all cores, and a table of what came out."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from gradekit.cli.output import HERE, CourseOption, error_console, fail
from gradekit.cli.report import print_report
from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.intake import discover
from gradekit.records import Record, RecordStore, lock_output, open_output
from gradekit.running.grade import ClassGrading, GradeOptions, intake_rules


def grade(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="A submission (folder, zip, notebook) or a folder of submissions, one per student.", exists=False
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where records and reports go.")] = Path("grades"),
    course: CourseOption = HERE,
    processes: Annotated[int, typer.Option("--processes", "-j", min=0, help="Grader processes; 0: one per core.")] = 0,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, help="Seed of all random inputs; default: drawn anew, so that nobody can know it."
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade again even where a current record is stored.")] = False,
    practice: Annotated[
        bool,
        typer.Option("--practice", help="Go on without kernel confinement; every output then says 'not confined'."),
    ] = False,
    output_format: Annotated[
        str, typer.Option("--format", "-f", help="What to print at the end: table, json, csv or none.")
    ] = "table",
) -> None:
    """Grade submissions: each check runs in a fresh, confined process; records go to OUT/records.

    What is graded already, by content, is not run again. Ctrl-C keeps every finished record; the same command goes on from there.
    """
    found = Course.find(course)
    entries = discover(paths, intake_rules(found))
    confinement = gate(practice)
    target = open_output(out)
    options = GradeOptions(seed=secrets.randbits(63) if seed is None else seed, processes=processes)
    with lock_output(target):
        grading = ClassGrading(found, RecordStore(target), confinement, options)
        waiting = entries if again else grading.outdated(entries)
        if waiting:
            found.prepare_data()
        _announce(len(entries), len(entries) - len(waiting), confinement.confined)
        with progress_bar() as bar:
            task = bar.add_task("grading", total=len(waiting), rate="")

            def advance(_record: Record) -> None:
                bar.advance(task)
                speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
                bar.update(task, rate=f"{60 * speed:.0f}/min" if speed else "")

            try:
                grading.run(waiting, advance)
            except KeyboardInterrupt:
                fail("interrupted: what was finished is kept; the same command goes on from there", code=130)
    if output_format != "none" and not print_report(found, target, output_format, {entry.student for entry in entries}):
        raise typer.Exit(1)


def _announce(total: int, current: int, confined: bool) -> None:
    screen = error_console()
    if not confined:
        screen.print("[bold yellow]not confined:[/] practice only, these results are not marks")
    if current:
        screen.print(f"{current} of {total} graded already; --again grades them once more")


def progress_bar() -> Progress:
    """Return the bar for long work: count, rate, time left; silent where nobody watches."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=error_console(),
        disable=not sys.stderr.isatty(),
    )
