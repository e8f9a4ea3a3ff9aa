"""`gradekit package`: what a course platform needs, as a zip or a folder to be uploaded or pushed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gradekit.cli.output import HERE, CourseOption, console
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.filetree import zipped
from gradekit.platforms import classroom50 as classroom50_platform
from gradekit.platforms import github as github_platform
from gradekit.platforms import gitlab as gitlab_platform
from gradekit.platforms.gradescope.package import AutograderOptions, autograder_files
from gradekit.platforms.kit import write_folder
from gradekit.platforms.repositories.package import repositories
from gradekit.records import write_atomically
from gradekit.report.formats.gradescope import GradescopeOptions, Visibility

package_app = typer.Typer(help="Make what a course platform needs: Gradescope, GitHub, GitLab.", no_args_is_help=True)

LockOption = Annotated[
    Path | None,
    typer.Option("--lock", help="Locked dependencies.", show_default="requirements.lock of the course, or of the kit"),
]
FolderOption = Annotated[Path, typer.Option("--out", "-o", help="A new folder.")]


@package_app.callback()
def _group() -> None:
    """Make what a course platform needs: Gradescope, GitHub, GitLab."""


@package_app.command()
def gradescope(
    out: Annotated[Path, typer.Option("--out", "-o", help="The zip to write.")],
    course: CourseOption = HERE,
    lock: LockOption = None,
    hidden_checks: Annotated[
        str,
        typer.Option(
            help="When students see what hidden checks say: visible, after_due_date, after_published or hidden. "
            "All but the first hide their total until then."
        ),
    ] = "visible",
    leaderboard: Annotated[bool, typer.Option("--leaderboard", help="Publish accuracies under pseudonyms.")] = False,
    above_maximum: Annotated[
        bool, typer.Option("--allow-above-maximum", help="Let bonus points lift a score above the maximum.")
    ] = False,
    practice: Annotated[
        bool, typer.Option("--practice", help="Grade also where Gradescope cannot confine submissions; results say so.")
    ] = False,
) -> None:
    """Write the zip of an autograder for Gradescope: setup.sh, run_autograder, the kit and the course."""
    results = GradescopeOptions(_visibility(hidden_checks), leaderboard)
    files = autograder_files(Course.find(course), AutograderOptions(practice, above_maximum, results), lock)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out, zipped(files))
    console().print(f"{out}: {len(files)} files; upload it as the autograder", markup=False, soft_wrap=True)


@package_app.command()
def github(out: FolderOption, course: CourseOption = HERE, lock: LockOption = None) -> None:
    """Write two repositories for GitHub: student/ with public checks, grading/ (private) with everything."""
    _repositories(out, Course.find(course), github_platform.TEMPLATES, lock)


@package_app.command()
def gitlab(out: FolderOption, course: CourseOption = HERE, lock: LockOption = None) -> None:
    """Write two projects for GitLab: student/ with public checks, grading/ (private) with everything."""
    _repositories(out, Course.find(course), gitlab_platform.TEMPLATES, lock)


@package_app.command()
def classroom50(out: FolderOption, course: CourseOption = HERE, lock: LockOption = None) -> None:
    """Write the folder autograders/ASSIGNMENT of a Classroom 50 configuration repository.

    Classroom 50 publishes this folder: hidden checks in it are hidden from those who do not look.
    """
    files = classroom50_platform.assignment_files(Course.find(course), lock)
    write_folder(out, files)
    console().print(f"{out}: {len(files)} files", markup=False, soft_wrap=True)


def _repositories(out: Path, course: Course, templates: Path, lock: Path | None) -> None:
    write_folder(out, repositories(course, templates, lock))
    screen = console()
    screen.print(
        f"{out / 'student'}: push it as the template of the students' repositories", markup=False, soft_wrap=True
    )
    screen.print(f"{out / 'grading'}: push it as a private repository", markup=False, soft_wrap=True)


def _visibility(value: str) -> Visibility:
    for known in ("visible", "hidden", "after_due_date", "after_published"):
        if value == known:
            return known
    raise GradekitError(f"--hidden-checks {value!r}: choose visible, after_due_date, after_published or hidden.")
