"""nbgrader's gradebook, SQLite or any database that SQLAlchemy can open, found to agree with the rubric."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.reader import NotJSONError
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError

from gradekit.errors import GradekitError
from gradekit.platforms.nbgrader.layout import CourseFolder
from gradekit.platforms.nbgrader.source import cell_name
from gradekit.rubric import GradingConfig, Part


def released_notebook(folder: CourseFolder, config: GradingConfig) -> NotebookNode:
    """Return the notebook that students were given; raises GradekitError where nbgrader has not made it."""
    path = folder.released / config.notebook
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, NotJSONError) as error:
        how = f"run `nbgrader generate_assignment {folder.lab}` in {folder.root} first"
        raise GradekitError(f"{path}: there is no such notebook; {how}") from error
    return notebook


@contextlib.contextmanager
def open_gradebook(folder: CourseFolder, config: GradingConfig) -> Iterator[Any]:
    """Give nbgrader's gradebook, having compared its cells with the rubric; database errors become GradekitError."""
    try:
        with _calm(), Gradebook(folder.db_url, folder.directory.course_id) as gradebook:
            _demand_cells(gradebook, folder, config)
            yield gradebook
    except (ArgumentError, ImportError) as error:
        raise GradekitError(f"the gradebook's URL cannot be used: {_first_line(error)}") from error
    except SQLAlchemyError as error:
        reason = _first_line(getattr(error, "orig", None) or error)
        raise GradekitError(f"the gradebook cannot be used: {reason}; what is graded already is kept") from error


@contextlib.contextmanager
def _calm() -> Iterator[None]:
    """Leave out a warning that nbgrader's own way of adding a submission provokes in SQLAlchemy 2, without harm."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Object of type .* not in session", SAWarning)
        yield


def graded_cell(part: Part) -> str:
    """Return the name of the cell that holds the points of a part."""
    return f"answer-{part.name}" if part.manual else cell_name(part.name)


def given_points(submission: Any, config: GradingConfig) -> dict[str, float]:
    """Return manual part -> what a person has given for its cell in nbgrader's ``submission``, extra credit included.

    Never more than the part is worth; cells that nobody has marked yet are left out.
    """
    manual = {graded_cell(part): part for part in config.parts if part.manual}
    return {
        manual[grade.name].name: min(
            max(grade.manual_score + (grade.extra_credit or 0.0), 0.0), manual[grade.name].points
        )
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.name in manual and grade.manual_score is not None and not grade.needs_manual_grade
    }


def notebook_id(config: GradingConfig) -> str:
    """Return what nbgrader calls the notebook."""
    return config.notebook.removesuffix(".ipynb")


def _demand_cells(gradebook: Any, folder: CourseFolder, config: GradingConfig) -> None:
    again = f"run `nbgrader generate_assignment {folder.lab} --force` in {folder.root}"
    try:
        found = gradebook.find_notebook(notebook_id(config), folder.lab)
    except MissingEntry:
        raise GradekitError(f"the gradebook does not know {folder.lab}: {again}") from None
    points = {cell.name: cell.max_score for cell in found.grade_cells}
    for part in config.parts:
        known = points.get(graded_cell(part))
        if known is None or abs(known - part.points) > 1e-9:
            there = "no cell for it" if known is None else f"{known:g} points"
            raise GradekitError(
                f"{part.name} has {part.points:g} points in grading_config.py, but the gradebook has {there}: "
                f"run gradekit release --nbgrader {folder.root}, then {again}"
            )


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]
