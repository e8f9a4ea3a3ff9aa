"""`gradekit verify`: is the course itself right? What it grades of its own making is compared with what that must earn."""

from __future__ import annotations

import datetime
import json as json_module
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress as Bars
from rich.table import Table

from gradekit.cli.grade import progress_bar
from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.confinement import gate
from gradekit.course import Course

# it needs what `release` needs, which takes as long to import as all other commands take to run
if TYPE_CHECKING:
    from gradekit.quality.verify import Verification

_SHOWN = 20


def verify(
    course: CourseOption = HERE,
    full: Annotated[bool, typer.Option("--full", help="Grade everything, not a drawn sample; takes long.")] = False,
    processes: Annotated[int, typer.Option("--processes", "-j", min=0, help="Grader processes; 0: one per core.")] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of all draws and all random inputs.")] = 1,
    practice: Annotated[bool, typer.Option("--practice", help="Go on without kernel confinement.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="A Markdown page that gets the result, between its markers.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings for machines.")] = False,
) -> None:
    """Measure how often grades are wrong: right hand-ins refused, mistakes paid, charged elsewhere or named wrong.

    Grades the stub, the reference, the corpus of right hand-ins, the known mistakes singly and in pairs, mutants of the
    reference, and right hand-ins again with other seeds. Ends non-zero when a bound of grading_config.py is missed.
    """
    from gradekit.quality.page import result_text, write_result
    from gradekit.quality.plan import Plan
    from gradekit.quality.verify import verify_course

    started = time.monotonic()
    found = Course.find(course)
    confinement = gate(practice)
    quality = found.config.quality
    plan = Plan.everything(quality, seed, processes) if full else Plan.sample(quality, seed, processes)
    with progress_bar() as bars:
        verification = verify_course(found, confinement, plan, _Stages(bars))
    seconds = time.monotonic() - started
    if report is not None:
        # the seed is part of the command only where it is not the usual one
        command = f"gradekit verify{' --full' if full else ''}{'' if seed == 1 else f' --seed {seed}'}"
        write_result(report, result_text(verification, command, datetime.date.today().isoformat()))
    if json:
        print(json_module.dumps(_plain(verification, seconds), indent=1, ensure_ascii=True))
    else:
        _show(verification, seconds)
    sys.exit(0 if verification.passed else 1)


class _Stages:
    """A bar for every stage; a line where nobody watches, so that a log shows how far it is."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars

    def stage(self, title: str, total: int) -> None:
        """Begin a new bar."""
        if self._bars.disable:
            error_console().print(f"{title}: {total} gradings")
        self._task = self._bars.add_task(title, total=total, rate="")

    def step(self) -> None:
        """Move the bar of this stage on."""
        self._bars.advance(self._task)
        speed = self._bars.tasks[self._task].speed
        self._bars.update(self._task, rate=f"{60 * speed:.0f}/min" if speed else "")


def _plain(verification: Verification, seconds: float) -> dict[str, object]:
    return {
        "passed": verification.passed,
        "form": "full" if verification.plan.full else "quick",
        "seed": verification.plan.seed,
        "seconds": round(seconds, 1),
        "findings": [
            {
                "name": finding.name,
                "what": finding.what,
                "figure": finding.figure,
                "bound": finding.bound,
                "bound_is": "most" if finding.most else "least",
                "right": finding.right,
                "total": finding.total,
                "passed": finding.passed,
                "misses": list(finding.misses),
            }
            for finding in verification.findings
        ],
        "stages": [
            {"title": stage.title, "gradings": stage.gradings, "seconds": round(stage.seconds, 1)}
            for stage in verification.stages
        ],
    }


def _show(verification: Verification, seconds: float) -> None:
    from gradekit.quality.page import bound_text, count_text, figure_text

    table = Table(box=None, pad_edge=False)
    table.add_column("finding")
    for column in ("figure", "as they must be"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("bound", no_wrap=True)
    table.add_column("")
    for finding in verification.findings:
        verdict = "[green]ok[/]" if finding.passed else "[red]missed[/]"
        table.add_row(finding.what, figure_text(finding), count_text(finding), bound_text(finding), verdict)
    screen, errors = console(), error_console()
    screen.print(table)
    for finding in verification.findings:
        # what a kept bound allows is shown too, but it is no error
        style = "yellow" if finding.passed else "red"
        for miss in finding.misses[:_SHOWN]:
            errors.print(f"{finding.what}: {miss}", style=style, markup=False)
        if len(finding.misses) > _SHOWN:
            errors.print(f"{finding.what}: {len(finding.misses) - _SHOWN} more; --json lists them", style=style)
    gradings = sum(stage.gradings for stage in verification.stages)
    form = "the full form" if verification.plan.full else "the quick form; --full grades everything"
    screen.print(f"{gradings} gradings in {seconds:.0f} s ({form})")
