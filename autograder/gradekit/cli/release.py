"""`gradekit release`: from `solution/` to the hand-out, or one line that says what stands in its way."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.course import Course
from gradekit.errors import ReleaseError

# jupytext and nbformat take as long to import as all other commands need to run.
if TYPE_CHECKING:
    from gradekit.release import GradeStub, ReleaseResult


def release(
    course: CourseOption = HERE,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder of the hand-out.", show_default="COURSE/assignment")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--zip", help="Archive for students.", show_default="COURSE/dist/LAB-handout.zip")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail when assignment/ is not what solution/ generates.")
    ] = False,
    practice: Annotated[bool, typer.Option("--practice", help="Grade the stub without kernel confinement.")] = False,
    nbgrader: Annotated[
        Path | None, typer.Option(help="Lay the lab down in this nbgrader course as well, for nbgrader's commands.")
    ] = None,
) -> None:
    """Write the hand-out and its archive from solution/: stripped files, notebook, README, public checks.

    Nothing is written when a marker is out of balance, a line of a solution is left, or a stub earns a point.
    """
    found = Course.find(course)
    if check:
        if out or archive or nbgrader:
            raise ReleaseError(
                "--check compares assignment/ and writes nothing: leave --out and --zip away, and --nbgrader"
            )
        _compare(found)
    else:
        from gradekit.release import release as write

        _show(write(found, out, archive, _stub_grader(found, practice)))
        if nbgrader:
            _lay_down(found, nbgrader)


def _compare(course: Course) -> None:
    from gradekit.release import differences

    found = differences(course)
    for line in found:
        error_console().print(line, style="red", markup=False, soft_wrap=True)
    if found:
        raise ReleaseError(
            f"assignment/ differs from what solution/ generates in {len(found)} files: run gradekit release"
        )
    console().print("assignment/ is what solution/ generates", style="green")


def _stub_grader(course: Course, practice: bool) -> GradeStub:
    from gradekit.confinement import gate
    from gradekit.quality.grading import grade_corpus, read_corpus
    from gradekit.running.grade import GradeOptions

    def grade(folder: Path) -> Mapping[str, float]:
        with (
            TemporaryDirectory(prefix="gradekit-stub-") as aside,
            error_console().status("grading the unsolved hand-out"),
        ):
            # A hand-in is the files or the notebook: both are graded, each by itself.
            notebook = (folder / course.config.notebook).rename(Path(aside) / course.config.notebook)
            submissions = read_corpus(course, {"stub files": folder, "stub notebook": notebook})
            options = GradeOptions(seed=1, diagnose=False)
            graded = grade_corpus(course, submissions, gate(practice), options, lambda: None)
        points: dict[str, float] = {}
        for name, form in graded.items():
            if form.record.status != "graded":
                raise ReleaseError(f"the {name} cannot be graded: {form.record.reason}")
            for scored in (scored for part in form.score.parts.values() for scored in part.checks):
                points[scored.check.name] = max(scored.points, points.get(scored.check.name, 0))
        return points

    return grade


def _show(result: ReleaseResult) -> None:
    screen = console()
    screen.print(f"[green]released[/] {len(result.files)} files with {result.stubs} stubs that earn nothing")
    for label, path in (("folder", result.assignment), ("zip", result.archive)):
        screen.print(f"  {label:<8}{_shown(path)}", markup=False, soft_wrap=True)


def _lay_down(course: Course, folder: Path) -> None:
    from gradekit.platforms.nbgrader.source import config_text, lay_down

    done = lay_down(course, folder)
    screen = console()
    for label, path in (("source", done.source), ("private", done.private)):
        screen.print(f"  {label:<8}{_shown(path)}", markup=False, soft_wrap=True)
    if done.config is None:
        screen.print("nbgrader_config.py stays as it is; it should say", style="yellow")
        screen.print(config_text(folder.resolve().name), markup=False, soft_wrap=True)
    screen.print(f"next: nbgrader generate_assignment {course.config.lab}", markup=False, soft_wrap=True)


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") and sys.platform != "win32" else relative
