"""Canvas's gradebook, the CSV file that its Export gives and its Import takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradekit.errors import GradekitError
from gradekit.platforms.collect.people import Person, Roster
from gradekit.platforms.collect.table import Table
from gradekit.scoring.table import amount_of

_ASSIGNMENT = re.compile(r"(?P<title>.+) \((?P<id>\d+)\)")
POINTS_ROW = "Points Possible"


def gradebook(table: Table, assignment: str, titles: Sequence[str]) -> Roster | None:
    """The class list of a gradebook export; None when `table` is none.

    `assignment` is the title, id or heading of the column for the grades; where it is empty, a column that is called
    like one of `titles` is taken, or the only one that there is. Raises GradekitError when it is not clear which.
    """
    section = table.index("section")
    if table.index("student") != 0 or table.index("id") != 1 or section is None:
        return None
    column = _column(table, section, assignment, titles)
    possible = [row for _, row in table.rows if row[0].strip() == POINTS_ROW]
    maximum = amount_of(possible[0][column].strip()) if possible and column is not None else None
    people = [
        Person(
            line,
            cell["number"],
            cell["name"],
            login=cell["login"],
            ids=(cell["sis"], cell["login"], cell["number"]),
            row=row[: section + 1],
        )
        for line, row, cell in table.cells(
            number=1, name=0, sis=table.index("sis user id"), login=table.index("sis login id")
        )
        if cell["number"].isdigit()  # the lines above the students have none
    ]
    heading = (assignment or titles[0]) if column is None else table.columns[column]
    return Roster(table.path, "canvas", tuple(people), table.columns[: section + 1], heading, maximum)


def _column(table: Table, section: int, assignment: str, titles: Sequence[str]) -> int | None:
    """Where the grades stand; None when the gradebook has no assignment yet."""
    found = {at: match for at in range(section + 1, len(table.columns)) if (match := _assignment(table, at))}
    wanted = [assignment] if assignment else [*titles]
    named = [
        at
        for at, match in found.items()
        if any(_same(name, text) for name in wanted for text in (match["title"], match["id"], match[0]))
    ]
    if len(named) == 1:
        return named[0]
    if not assignment and len(found) <= 1:
        return next(iter(found), None)
    known = ", ".join(repr(match[0]) for match in found.values())
    raise GradekitError(
        f"{table.path}:1: which of the assignments is this one? Name it with --assignment; there are: {known or '-'}."
    )


def _assignment(table: Table, at: int) -> re.Match[str] | None:
    return _ASSIGNMENT.fullmatch(table.columns[at].strip())


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
