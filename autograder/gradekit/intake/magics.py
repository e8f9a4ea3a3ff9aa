"""Notebook code → plain Python: magics, shell lines and help requests do nothing.

The scanner follows brackets, strings and continued lines just far enough to know where a statement begins: there, and
only there, IPython would see a magic. It never parses or compiles what it reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BODY_IS_PYTHON = frozenset({"time", "timeit", "capture", "prun"})

_CELL_MAGIC = re.compile(r"[ \t]*%%(\w+)")
_ESCAPE = re.compile(r"([ \t]*)[%!?]")
_ASSIGNED = re.compile(r"([ \t]*[^\W\d]\w*(?:[ \t]*,[ \t]*[^\W\d]\w*)*[ \t]*=[ \t]*)[%!]")
_HELP = re.compile(r"([ \t]*)%{0,2}[^\W\d][\w.]*\?{1,2}[ \t]*$")
_TOKEN = re.compile(r"""#|\"{3}|'{3}|["']|[()\[\]{}]""")
_STRING_PART = {quote: re.compile(r"\\.|" + quote) for quote in ('"', "'", '"""', "'''")}


@dataclass
class _State:
    """Where the scanner stands: bracket depth, the quote of an open string, and whether the line before goes on."""

    depth: int = 0
    quote: str = ""
    continued: bool = False

    @property
    def at_statement(self) -> bool:
        return not (self.depth or self.quote or self.continued)


def neutralise(cell: str) -> str:
    """`cell` without what only IPython understands; line numbers stay.

    A line that is a magic, a shell command or a help request becomes `pass`; `x = !command` and `x = %magic` become
    `x = None`. A cell under a cell magic is dropped (""), except under those that run it as Python.
    """
    lines = _dedented(cell.split("\n"))
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return ""
    magic = _CELL_MAGIC.match(lines[first])
    if magic:
        if magic[1] not in BODY_IS_PYTHON:
            return ""
        lines[first] = "pass"
    state = _State()
    in_magic = False
    for index, line in enumerate(lines):
        if in_magic:
            lines[index] = ""
            in_magic = line.endswith("\\")
            continue
        replaced = _plain(line) if state.at_statement else None
        if replaced is None:
            _advance(state, line)
        else:
            lines[index] = replaced
            in_magic = line.endswith("\\")
    return "\n".join(lines)


def _dedented(lines: list[str]) -> list[str]:
    """As IPython does: the indentation of the first line is taken from all lines that have it."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return [line[len(indent) :] if line.startswith(indent) else line for line in lines] if indent else lines


def _plain(line: str) -> str | None:
    escape = _ESCAPE.match(line) or _HELP.match(line)
    if escape:
        return escape[1] + "pass"
    assigned = _ASSIGNED.match(line)
    return assigned[1] + "None" if assigned else None


def _advance(state: _State, line: str) -> None:
    position = 0
    commented = False
    while position < len(line) and not commented:
        if state.quote:
            position = _close_string(state, line, position)
            continue
        token = _TOKEN.search(line, position)
        if token is None:
            break
        position = token.end()
        commented = token[0] == "#"
        if token[0] in "([{":
            state.depth += 1
        elif token[0] in ")]}":
            state.depth = max(0, state.depth - 1)
        elif not commented:
            state.quote = token[0]
    goes_on = line.endswith("\\") and not commented
    if len(state.quote) == 1 and not goes_on:
        state.quote = ""  # an unfinished string: Python will say so, the next line is a new one
    state.continued = goes_on and not state.quote


def _close_string(state: _State, line: str, position: int) -> int:
    """The position after the end of the open string, or the end of the line."""
    for part in _STRING_PART[state.quote].finditer(line, position):
        if part[0] == state.quote:
            state.quote = ""
            return part.end()
    return len(line)
