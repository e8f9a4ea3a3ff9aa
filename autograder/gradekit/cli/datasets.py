"""`gradekit datasets`: fetch and describe what the course's `datasets` folder offers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gradekit.cli.output import HERE, CourseOption, console
from gradekit.course import Course
from gradekit.errors import GradekitError

datasets_app = typer.Typer(help="Fetch and verify the course's data.", no_args_is_help=True)


@datasets_app.callback()
def _group() -> None:
    """Fetch and verify the course's data."""


@datasets_app.command()
def fetch(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where the files go; default: the user's cache folder.")
    ] = None,
    course: CourseOption = HERE,
) -> None:
    """Download the course's data, verify it, and say where it lies. Files that are there and right are left alone."""
    module = Course.find(course).load_datasets()
    if not hasattr(module, "fetch"):
        raise GradekitError("this course's datasets need no download: datasets/__init__.py has no fetch()")
    try:
        where = module.fetch(folder)
    except module.DatasetError as error:
        raise GradekitError(str(error)) from error
    console().print(f"verified: {where}", soft_wrap=True, markup=False)
