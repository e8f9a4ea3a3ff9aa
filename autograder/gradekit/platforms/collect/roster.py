"""The list of the class as a CSV file: a table that a platform exports, or the course's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.platforms.collect.canvas_gradebook import gradebook
from gradekit.platforms.collect.moodle_worksheet import worksheet
from gradekit.platforms.collect.people import Person, Roster
from gradekit.platforms.collect.table import Table, read_table

# Headings of lists that no platform needs back, compared without case: the rosters of Gradescope and of GitHub
# Classroom, and what people write themselves.
_ID = ("student", "student id", "id number", "sid", "identifier", "matriculation number", "id")
_NAME = ("name", "full name", "student name")
_FIRST = ("first name", "given name")
_LAST = ("last name", "surname", "family name")
_EMAIL = ("email", "email address", "e-mail", "e-mail address")
_LOGIN = ("login", "username", "github_username", "gitlab_username", "github", "gitlab")


def read_roster(path: Path, assignment: str, titles: Sequence[str]) -> Roster:
    """Read a class list: Moodle's grading worksheet, Canvas's gradebook, or a table of the course's own.

    `assignment` and `titles` pick the column of a Canvas gradebook. Raises GradekitError that names the line to mend.
    """
    table = read_table(path)
    return worksheet(table) or gradebook(table, assignment, titles) or _own(table)


def _own(table: Table) -> Roster:
    columns = {
        "id": table.index(*_ID),
        "name": table.index(*_NAME),
        "first": table.index(*_FIRST),
        "last": table.index(*_LAST),
        "email": table.index(*_EMAIL),
        "login": table.index(*_LOGIN),
    }
    if columns["id"] is None and columns["login"] is None and columns["email"] is None:
        raise GradekitError(
            f"{table.path}:1: needs a column `student`, `login` or `email`. (A worksheet of Moodle, or a gradebook of "
            "Canvas, must be exported while the platform is set to English, and left as it is.)"
        )
    people = tuple(
        Person(
            line,
            name=cell["name"] or f"{cell['first']} {cell['last']}".strip(),
            email=cell["email"],
            login=cell["login"],
            ids=(cell["id"], cell["login"], cell["email"]),
        )
        for line, _, cell in table.cells(**columns)
    )
    return Roster(table.path, "", people)
