"""A class list, whichever table it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """One line of a class list; what it does not say is "".

    `number` is the id that the platform of the list gives to a student. `ids` may name the student in the class
    folder, the best first. `submitted` and `minutes_late` are what the list says of the hand-in: a time with its zone,
    and minutes after the deadline.
    """

    line: int
    number: str = ""
    name: str = ""
    email: str = ""
    login: str = ""
    ids: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    submitted: datetime | None = None
    minutes_late: float | None = None


@dataclass(frozen=True)
class Roster:
    """A class list: `platform` is "moodle", "canvas", or "" for a list of the course's own.

    `columns` are the headings of `Person.row`, `assignment` is the heading of the grades, `maximum` the most that the
    platform takes, in points.
    """

    path: Path
    platform: str
    people: tuple[Person, ...]
    columns: tuple[str, ...] = ()
    assignment: str = ""
    maximum: float | None = None
