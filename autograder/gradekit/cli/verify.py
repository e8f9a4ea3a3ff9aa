"""`gradekit verify`: is the course itself right? Stub, reference and corpus are graded and compared with what they must earn."""

from __future__ import annotations

import json as json_module
import sys
import time
from typing import Annotated

import typer
from rich.table import Table

from gradekit.cli.grade import progress_bar
from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.quality.verify import Finding, corpus_paths, verify_corpus, verify_points
from gradekit.running.grade import GradeOptions


def verify(
    course: CourseOption = HERE,
    processes: Annotated[int, typer.Option("--processes", "-j", min=0, help="Grader processes; 0: one per core.")] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of all random inputs.")] = 1,
    practice: Annotated[bool, typer.Option("--practice", help="Go on without kernel confinement.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings for machines.")] = False,
) -> None:
    """Grade the stub, the reference and the corpus, and compare with what each must earn.

    Ends non-zero when a right submission is refused, a wrong one paid, or points and checks do not match.
    """
    started = time.monotonic()
    found = Course.find(course)
    findings = [verify_points(found)]
    paths = corpus_paths(found)
    with progress_bar() as bar:
        task = bar.add_task("verifying", total=len(paths), rate="")
        options = GradeOptions(seed=seed, processes=processes, diagnose=False)
        findings += verify_corpus(found, gate(practice), options, paths, lambda: bar.advance(task))
    seconds = time.monotonic() - started
    passed = all(finding.passed for finding in findings)
    if json:
        rows = [{"what": f.what, "right": f.right, "total": f.total, "misses": list(f.misses)} for f in findings]
        print(json_module.dumps({"passed": passed, "seconds": round(seconds, 1), "findings": rows}, indent=1))
    else:
        _show(findings, seconds)
    sys.exit(0 if passed else 1)


def _show(findings: list[Finding], seconds: float) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("verified", "right", "of"):
        table.add_column(column, justify="left" if column == "verified" else "right")
    for finding in findings:
        style = "green" if finding.passed else "red"
        table.add_row(finding.what, f"[{style}]{finding.right}[/]", str(finding.total))
    screen = console()
    screen.print(table)
    for miss in (miss for finding in findings for miss in finding.misses):
        error_console().print(miss, style="red", markup=False)
    screen.print(f"{seconds:.0f} s")
