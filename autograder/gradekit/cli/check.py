"""`gradekit check`: the student's side: run the public checks on the files in this folder and explain the first failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from gradekit.cli.output import HERE, console
from gradekit.errors import GradekitError
from gradekit.running.handout import CheckResult, run_public_checks


def check(
    folder: Annotated[Path, typer.Argument(help="The hand-out folder with your files.", file_okay=False)] = HERE,
    keyword: Annotated[
        str, typer.Option("-k", help="Only checks whose name or part holds this, as in pytest -k.")
    ] = "",
    show_all: Annotated[bool, typer.Option("--all", help="Explain every failure, not only the first.")] = False,
    training: Annotated[
        bool, typer.Option("--training/--no-training", help="Also run the checks that train a network.")
    ] = True,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Run again whenever a file is saved, until Ctrl-C.")
    ] = False,
) -> None:
    """Run the public checks on your files and explain what is wrong, one failure at a time.

    Runs in this process, without the grader's protection: it is for your own code. Exit code 1 when a check fails.
    """
    folder = folder.resolve()
    if not (folder / "checks").is_dir() or not (folder / "conftest.py").is_file():
        raise GradekitError(
            f"{folder} is not a hand-out: it has no checks/ and conftest.py. Change into the folder that you were given"
        )
    if watch:
        chosen = [str(folder), "--training" if training else "--no-training"]
        _watch(folder, [*chosen, *(["-k", keyword] if keyword else []), *(["--all"] if show_all else [])])
        return
    results = run_public_checks(folder, keyword, training)
    if not results:
        raise GradekitError("no check was run" + (f": none matches -k {keyword!r}" if keyword else ""))
    _show(results, show_all)
    sys.exit(0 if all(result.passed for result in results) else 1)


def _watch(folder: Path, arguments: list[str]) -> None:
    """Check now and after every change of a file, each time in a new process, which imports the files as they are then."""
    import watchfiles  # not at the top: a single check is to start quickly

    screen = console()
    command = [sys.executable, "-m", "gradekit.cli.app", "check", *arguments]
    code = watchfiles.PythonFilter(extra_extensions=(".ipynb",))
    changes = watchfiles.watch(folder, watch_filter=code, debounce=200, rust_timeout=100, yield_on_timeout=True)
    next(changes)  # from here on no change is missed, not even one during a check
    try:
        while True:
            subprocess.run(command, check=False)
            screen.print("\n[dim]waiting for a file to be saved; Ctrl-C ends[/]")
            found = next(found for found in changes if found)
            screen.rule(escape(", ".join(sorted({Path(path).name for _, path in found}))))
    except KeyboardInterrupt:
        screen.print()


def _show(results: list[CheckResult], show_all: bool) -> None:
    screen = console()
    table = Table(box=None, pad_edge=False)
    table.add_column("part")
    table.add_column("check")
    table.add_column("result")
    marks = {"passed": "[green]passed[/]", "failed": "[red]failed[/]", "to do": "[yellow]to do[/]"}
    for result in results:
        table.add_row(escape(result.part), escape(result.title), marks[result.status])
    screen.print(table)
    passed = sum(result.passed for result in results)
    screen.print(
        f"\n{passed} of {len(results)} public checks pass. Hidden checks look at the same contract with other inputs."
    )
    wrong = [result for result in results if result.status == "failed"]
    failures = wrong + [result for result in results if result.status == "to do"]
    for result in failures if show_all else failures[:1]:
        screen.print(
            Panel(
                escape(result.text),
                title=escape(f"{result.part}: {result.title}"),
                title_align="left",
                border_style="red",
            )
        )
    if len(failures) > 1 and not show_all:
        screen.print(f"{len(failures) - 1} more; gradekit check --all explains every one.")
