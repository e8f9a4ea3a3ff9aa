"""Points that assistants gave in nbgrader's formgrader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gradekit.errors import GradekitError
from gradekit.rubric import GradingConfig
from gradekit.scoring import Marks

_CELL = "answer-"  # the release calls the answer cell of a question so


def read_marks_database(path: Path, config: GradingConfig) -> Marks:
    """Student id -> manual part -> points, from the ``gradebook.db`` of an nbgrader course (SQLite).

    The points of a part are those of its answer cell, with the extra credit; a cell that nobody has marked yet is left
    out. Raises GradekitError for a file that is no gradebook, or one that does not know the lab.
    """
    from nbgrader.api import Gradebook, MissingEntry
    from sqlalchemy.exc import DatabaseError

    if not path.is_file():
        raise GradekitError(f"{path}: there is no such file. Name the gradebook.db of the nbgrader course.")
    try:
        with Gradebook(f"sqlite:///{path}") as gradebook:
            gradebook.find_assignment(config.lab)
            submissions = gradebook.assignment_submissions(config.lab)
            return {submission.student.id: dict(_marked(submission, config)) for submission in submissions}
    except MissingEntry as error:
        raise GradekitError(f"{path}: has no assignment called {config.lab!r}.") from error
    except DatabaseError as error:
        raise GradekitError(f"{path}: is no gradebook of nbgrader.") from error


def _marked(submission: Any, config: GradingConfig) -> Iterator[tuple[str, float]]:
    manual: Mapping[str, str] = {_CELL + part.name: part.name for part in config.parts if part.manual}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            if grade.name in manual and grade.manual_score is not None and not grade.needs_manual_grade:
                yield manual[grade.name], grade.manual_score + (grade.extra_credit or 0.0)
