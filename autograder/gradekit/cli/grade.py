"""`gradekit grade`: submissions to records, on all cores, and a table of what came out."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from gradekit.cli.output import HERE, CourseOption, error_console, fail
from gradekit.cli.report import print_report
from gradekit.cli.threshold import ThresholdOption, demand_threshold
from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.intake import Refused, Submission, discover
from gradekit.platforms.handin import read_handin
from gradekit.records import Record, RecordStore, lock_output, open_output
from gradekit.report.texts import check_titles, hints
from gradekit.running.grade import ClassGrading, GradeOptions, intake_rules

# nbgrader takes as long to import as all other commands need to run.
if TYPE_CHECKING:
    from gradekit.platforms.nbgrader.classroom import Classroom


def grade(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A submission (folder, zip, notebook) or a folder of submissions, one per student.", exists=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Where records and reports go.", show_default="grades; with --nbgrader COURSE/grades"
        ),
    ] = None,
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
        str, typer.Option("--format", "-f", help="What to print at the end: a format of `gradekit report`, or none.")
    ] = "table",
    student: Annotated[
        str | None,
        typer.Option(help="The one PATH is the hand-in of this student, whatever it is called and whatever is in it."),
    ] = None,
    threshold: ThresholdOption = None,
    nbgrader: Annotated[
        Path | None,
        typer.Option(
            help="Instead of PATHS: an nbgrader course; grade what it has collected of this lab, and write scores and "
            "comments into its gradebook."
        ),
    ] = None,
    db: Annotated[
        str, typer.Option(help="With --nbgrader: URL of the gradebook.", show_default="as nbgrader is configured")
    ] = "",
) -> None:
    """Grade submissions: each check runs in a fresh, confined process; records go to OUT/records.

    What is graded already, by content, is not run again. Ctrl-C keeps every finished record; the same command goes on from there.
    """
    found = Course.find(course)
    if nbgrader and practice:
        raise GradekitError("what stands in a gradebook is a mark: --practice cannot go with --nbgrader")
    classroom = _classroom(found, nbgrader, paths, db)
    entries = classroom.entries if classroom else _entries(found, paths or [], student)
    confinement = gate(practice)
    target = open_output(out or (nbgrader / "grades" if nbgrader else Path("grades")))
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
    if classroom:
        written = classroom.write(RecordStore(target).load_all().records, check_titles(found), hints(found))
        error_console().print(f"written into the gradebook: {len(written)}", style="green")
    students = {entry.student for entry in entries}
    if output_format != "none" and not print_report(found, target, output_format, students):
        raise typer.Exit(1)
    demand_threshold(found, target, threshold, students)


def _entries(course: Course, paths: list[Path], student: str | None) -> list[Submission | Refused]:
    if student is None:
        return discover(paths, intake_rules(course))
    if len(paths) != 1:
        raise GradekitError("--student names whose the hand-in is: give one PATH")
    return [read_handin(course, paths[0], student)]


def _classroom(course: Course, folder: Path | None, paths: list[Path] | None, db: str) -> Classroom | None:
    """Return the nbgrader course that is to be graded, None where PATHS are."""
    if folder is None:
        if not paths or db:
            raise GradekitError("name what to grade: PATHS, or --nbgrader COURSE (with --db URL, if it has its own)")
        return None
    if paths:
        raise GradekitError("--nbgrader grades what the course has collected: leave PATHS away")
    from gradekit.platforms.nbgrader.classroom import open_classroom

    classroom = open_classroom(folder, course.config, intake_rules(course), db)
    for problem in classroom.problems:
        error_console().print(problem, style="yellow", markup=False, soft_wrap=True)
    return classroom


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
