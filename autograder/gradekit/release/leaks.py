"""Prove that nothing of a solution is left in what students get, or refuse and name both places.

A line of a region is *significant* when, without its spaces, it has at least 16 characters, or at least 6 and among
them an operator or a bracket: `return a` and `else:` say nothing, `self.x = x` does. A significant line must not be
found in any generated file, whatever its indentation and spacing: from 12 characters on not even as a piece of a longer
line. What a line returns counts without the word `return`, and its code apart from the comment behind it. Lines that
also stand outside all regions are public already and do not count. A solution that was rewritten in other words is
beyond a comparison of lines; that a stub earns no points is checked elsewhere.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradekit.errors import ReleaseError
from gradekit.release.strip import outside_lines, regions, resembles_marker

_LONG = 16
_SHORT = 6
_PIECE = 12
_TELLING = re.compile(r"[-+*/%@=<>&|^~()\[\]{}]")
_COMMENT = re.compile(r"(?:^|\s)#\s")


@dataclass(frozen=True)
class Secret:
    """One text, without spaces, that must not reach students, and where it comes from (``file:line``)."""

    text: str
    origin: str


def significant(line: str) -> bool:
    """Return whether a line of a region would give something away; the rule is the module's."""
    compact = _compact(line)
    return len(compact) >= _LONG or (len(compact) >= _SHORT and bool(_TELLING.search(compact)))


def secrets(sources: Iterable[tuple[str, str]]) -> tuple[Secret, ...]:
    """Return the significant pieces of all regions of ``(name, text)`` sources that stand nowhere outside a region."""
    sources = tuple(sources)
    public = _searchable(line for name, text in sources for _, line in outside_lines(text, name))
    found: dict[str, Secret] = {}
    for name, text in sources:
        for region in regions(text, name):
            for number, line in enumerate(region.lines, start=region.begin + 1):
                for piece in _pieces(line):
                    if significant(piece) and not _holds(public, _compact(piece)):
                        found.setdefault(_compact(piece), Secret(_compact(piece), f"{name}:{number}"))
    return tuple(found.values())


def hidden_checks(folder: Path, root: Path) -> tuple[Secret, ...]:
    """Return the definitions of the hidden checks as secrets: none of them belongs into a hand-out."""
    return tuple(
        Secret(_compact(line).partition("(")[0] + "(", f"{path.relative_to(root).as_posix()}:{number}")
        for path in sorted(folder.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if line.startswith("def test_")
    )


def check_file(name: str, data: bytes, hidden: Sequence[Secret]) -> None:
    """Check one file, the members of an archive, or all texts of a notebook.

    Raises ReleaseError that names the place and the line of the source that it gives away.
    """
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                check_file(f"{name}/{member}", archive.read(member), hidden)
        return
    # A binary file is searched as well: what is not text in it cannot be a line of a solution.
    text = data.decode("utf-8", errors="replace")
    if name.endswith(".ipynb"):
        for where, part in _notebook_texts(name, text):
            _check_text(where, part, hidden)
    elif name.endswith(".json"):
        for where, part in _strings(json.loads(text), name):
            _check_text(where, part, hidden)
    else:
        _check_text(name, text, hidden)


def _notebook_texts(name: str, text: str) -> Iterator[tuple[str, str]]:
    notebook = json.loads(text)
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            raise ReleaseError(
                f"{name}, cell {number}: it has been run, and its output may show the solution: clear it"
            )
        yield f"{name}, cell {number}", "".join(cell["source"])
        yield from _strings({key: value for key, value in cell.items() if key != "source"}, f"{name}, cell {number}")
    yield from _strings(notebook["metadata"], f"{name}, metadata")


def _strings(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield where, key
            yield from _strings(item, f"{where}, {key}")
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, where)


def _check_text(where: str, text: str, hidden: Sequence[Secret]) -> None:
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if resembles_marker(line):
            raise ReleaseError(f"{where}:{number}: a solution marker is left: {line.strip()[:60]!r}")
    searchable = _searchable(lines)
    for secret in hidden:
        if _holds(searchable, secret.text):
            number = next(
                number for number, line in enumerate(lines, start=1) if _holds(_searchable([line]), secret.text)
            )
            raise ReleaseError(
                f"{where}:{number}: gives away {secret.origin}: {lines[number - 1].strip()[:60]!r}; "
                "reword it there, or let the line stand outside the region too if it is no secret"
            )


def _pieces(line: str) -> tuple[str, ...]:
    split = _COMMENT.search(line)
    code, comment = (line[: split.start()], line[split.end() :]) if split else (line, "")
    return (code.strip().removeprefix("return "), comment)


def _compact(line: str) -> str:
    return "".join(line.split())


def _searchable(lines: Iterable[str]) -> str:
    whole_and_pieces = (text for line in lines for text in dict.fromkeys((line, *_pieces(line))))
    return "\n" + "\n".join(_compact(text) for text in whole_and_pieces) + "\n"


def _holds(searchable: str, piece: str) -> bool:
    return (piece if len(piece) >= _PIECE else f"\n{piece}\n") in searchable
