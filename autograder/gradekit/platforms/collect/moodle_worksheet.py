"""Moodle's grading worksheet, the CSV file that "Download grading worksheet" gives and "Upload" takes back."""

from __future__ import annotations

import re
from datetime import datetime

from gradekit.errors import GradekitError
from gradekit.platforms.collect.people import Person, Roster
from gradekit.platforms.collect.table import Table
from gradekit.scoring.table import amount_of

_NEEDED = ("identifier", "grade", "last modified (grade)")  # Moodle takes no worksheet without these
_NUMBER = re.compile(r"([0-9]+)\s*$")
_LATE = re.compile(r"((?:\d+ (?:year|day|hour|min|sec)s?\s*)+)late", re.IGNORECASE)
_SPAN = re.compile(r"(\d+) (year|day|hour|min|sec)", re.IGNORECASE)
_MINUTES = {"year": 365 * 24 * 60, "day": 24 * 60, "hour": 60, "min": 1, "sec": 1 / 60}
_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%d %B %Y, %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")


def worksheet(table: Table) -> Roster | None:
    """The class list of a grading worksheet in English; None when `table` is none.

    Raises GradekitError when it cannot be given back to Moodle.
    """
    if table.index("identifier") is None or table.index("maximum grade", "scale", "last modified (grade)") is None:
        return None
    missing = [name for name in _NEEDED if table.index(name) is None]
    if missing:
        raise GradekitError(
            f"{table.path}:1: has no column {missing[0]!r}, without which Moodle takes no grades; "
            "download the grading worksheet again and leave it as it is."
        )
    if table.index("maximum grade") is None:
        raise GradekitError(
            f"{table.path}:1: the assignment is graded on a scale; set its grade type to points in Moodle."
        )
    return Roster(table.path, "moodle", tuple(_people(table)), table.columns, maximum=_maximum(table))


def _people(table: Table) -> list[Person]:
    people = []
    for line, row, cell in table.cells(
        identifier=table.index("identifier"),
        name=table.index("full name"),
        id=table.index("id number"),
        login=table.index("username"),
        email=table.index("email address"),
        status=table.index("status"),
        modified=table.index("last modified (submission)"),
    ):
        number = _NUMBER.search(cell["identifier"])
        if number is None:
            raise GradekitError(f"{table.path}:{line}: the identifier {cell['identifier']!r} ends in no number.")
        people.append(
            Person(
                line,
                number[1],
                cell["name"],
                cell["email"],
                cell["login"],
                (cell["id"], cell["login"], cell["email"], number[1]),
                row,
                _time(cell["modified"]),
                _minutes_late(cell["status"]),
            )
        )
    return people


def _maximum(table: Table) -> float | None:
    found = {cell["maximum"].replace(",", ".") for _, _, cell in table.cells(maximum=table.index("maximum grade"))}
    return amount_of(found.pop()) if len(found) == 1 else None


def _minutes_late(status: str) -> float | None:
    """What "Submitted for grading - 1 day 2 hours late" says, in minutes."""
    late = _LATE.search(" ".join(status.split()))
    if late is None:
        return None
    return sum(int(amount) * _MINUTES[unit.lower()] for amount, unit in _SPAN.findall(late[1]))


def _time(text: str) -> datetime | None:
    """A time as Moodle writes it in English, in this machine's zone."""
    text = " ".join(text.split())  # newer versions put a narrow space before AM and PM
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).astimezone()
        except (ValueError, OverflowError, OSError):
            continue
    return None
