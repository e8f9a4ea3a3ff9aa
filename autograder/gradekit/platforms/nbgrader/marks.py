"""Points that assistants gave in nbgrader's formgrader, for a report made elsewhere."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import DatabaseError

from gradekit.errors import GradekitError
from gradekit.platforms.nbgrader.gradebook import given_points
from gradekit.rubric import GradingConfig
from gradekit.scoring import Marks


def read_marks_database(path: Path, config: GradingConfig) -> Marks:
    """Student id -> manual part -> points, from the ``gradebook.db`` of an nbgrader course (SQLite).

    Raises GradekitError for a file that is no gradebook, or one that does not know the lab.
    """
    if not path.is_file():
        raise GradekitError(f"{path}: there is no such file. Name the gradebook.db of the nbgrader course.")
    try:
        with Gradebook(f"sqlite:///{path}") as gradebook:
            gradebook.find_assignment(config.lab)
            submissions = gradebook.assignment_submissions(config.lab)
            return {submission.student.id: given_points(submission, config) for submission in submissions}
    except MissingEntry as error:
        raise GradekitError(f"{path}: has no assignment called {config.lab!r}.") from error
    except DatabaseError as error:
        raise GradekitError(f"{path}: is no gradebook of nbgrader.") from error
