"""Take the solution regions out of a source text, one way, or refuse with the line to mend.

The result of `strip_solutions` is what nbgrader's `ClearSolutions` makes of the same text when its code stub is `STUB`.
Where nbgrader lets a marker pass that it does not know, this module refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gradekit.errors import ReleaseError

STUB = "# YOUR CODE HERE"
ANSWER_STUB = "YOUR ANSWER HERE"
BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"

_RESEMBLING = re.compile(r"(begin|end)[\W_]{0,3}solutions?", re.IGNORECASE)
_CELL = re.compile(r"\s*#\s*%%")
# "BEGN SOLUTION" and "END SOLUTON" score 0.96; of the comments that this lab holds none scores above 0.6.
_LIKENESS = 0.8


@dataclass(frozen=True)
class Region:
    """One solution region: the 1-based lines of its markers, and the text lines between them."""

    name: str
    begin: int
    end: int
    lines: tuple[str, ...]


def resembles_marker(line: str) -> bool:
    """Return whether a line looks like a solution marker, well spelt or not."""
    if _RESEMBLING.search(line):
        return True
    comment = line.strip()
    if not comment.startswith("#"):
        return False
    letters = re.sub(r"[^a-z]", "", comment.lower())
    return any(_alike(letters, word) for word in ("beginsolution", "endsolution"))


def regions(text: str, name: str) -> tuple[Region, ...]:
    """Return the solution regions of a text in order.

    Raises ReleaseError, naming ``name:line``, for a marker that is unbalanced, nested or misspelt, and for a region
    that spans two cells.
    """
    found: list[Region] = []
    begun: int | None = None
    inside: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{name}:{number}"
        marker = _marker(line, where)
        if marker == BEGIN:
            if begun is not None:
                raise ReleaseError(
                    f"{where}: BEGIN SOLUTION inside the region that line {begun} began: end that one first"
                )
            begun, inside = number, []
        elif marker == END:
            if begun is None:
                raise ReleaseError(f"{where}: END SOLUTION without a BEGIN SOLUTION before it")
            found.append(Region(name, begun, number, tuple(inside)))
            begun = None
        elif begun is not None:
            if _CELL.match(line):
                raise ReleaseError(
                    f"{where}: a cell begins inside the region of line {begun}: a region lies in one cell"
                )
            inside.append(line)
    if begun is not None:
        raise ReleaseError(f"{name}:{begun}: BEGIN SOLUTION is never followed by END SOLUTION")
    return tuple(found)


def strip_solutions(text: str, name: str, stub: str = STUB) -> str:
    """Return the text with every solution region replaced by one line ``stub``, indented as the region's first marker.

    ``name`` is what an error calls the text. Raises ReleaseError as `regions` does.
    """
    return "\n".join(_stripped(text.split("\n"), regions(text, name), stub))


def outside_lines(text: str, name: str) -> tuple[tuple[int, str], ...]:
    """Return the lines that students may see, each with its 1-based number."""
    hidden = {number for region in regions(text, name) for number in range(region.begin, region.end + 1)}
    return tuple((number, line) for number, line in enumerate(text.split("\n"), start=1) if number not in hidden)


def _stripped(lines: list[str], found: tuple[Region, ...], stub: str) -> Iterator[str]:
    position = 0
    for region in found:
        yield from lines[position : region.begin - 1]
        marker = lines[region.begin - 1]
        yield marker[: len(marker) - len(marker.lstrip())] + stub
        position = region.end
    yield from lines[position:]


def _marker(line: str, where: str) -> str:
    text = line.strip()
    if text in (BEGIN, END) and line == line.rstrip():
        return text
    if resembles_marker(line):
        raise ReleaseError(
            f"{where}: {text!r} resembles a solution marker: write '{BEGIN}' or '{END}' alone on the line"
        )
    return ""


def _alike(letters: str, word: str) -> bool:
    return SequenceMatcher(None, letters, word).ratio() >= _LIKENESS
