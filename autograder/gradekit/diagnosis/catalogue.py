"""The course's catalogue of misconceptions: loading it by path, and keeping its texts to the rules."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from gradekit.errors import CourseError

from .misconception import Misconception
from .splicing import splice

_WORDS = (40, 120)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TARGET = re.compile(r"\w+\.py:\w+(\.\w+)?")
# a hint that calls a thing easy tells the one who has not seen it that the fault is with them
_UNKIND = re.compile(
    r"\b(obvious|obviously|clearly|simply|just|merely|trivial|trivially|easy|easily|of course|stupid|silly|careless)\b",
    re.IGNORECASE,
)
_SOLUTION = re.compile(r"### BEGIN SOLUTION(.*?)### END SOLUTION", re.DOTALL)
_SHORTEST_LEAK = 12


def load_catalogue(folder: Path) -> tuple[Misconception, ...]:
    """Return the ``MISCONCEPTIONS`` of every Python file in ``folder``, files in the order of their names.

    Raises CourseError for a file that cannot be used, a name that stands twice, and a text that breaks the rules.
    """
    catalogue: list[Misconception] = []
    for path in sorted(folder.glob("*.py")):
        found = _read(path)
        problems = [problem for entry in found for problem in _problems(entry)]
        if problems:
            raise CourseError(f"{path}: {problems[0]}")
        catalogue += found
    counts = Counter(entry.name for entry in catalogue)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise CourseError(f"{folder}: two misconceptions are called {twice[0]!r}: rename one")
    return tuple(catalogue)


def validate_catalogue(catalogue: Sequence[Misconception], parts: Collection[str], sources: Mapping[str, str]) -> None:
    """Compare a catalogue with its course; ``sources`` maps file names of the reference to their texts.

    Raises CourseError for a part that the rubric does not have, a target that the reference does not have, and a hint
    that holds a line of the solution.
    """
    for entry in catalogue:
        if entry.part not in parts:
            raise CourseError(f"misconception {entry.name}: the rubric has no part called {entry.part!r}")
        splice(sources, entry)
        hint = _squeeze(entry.hint)
        for line in _solution_lines(sources[entry.file]):
            if line in hint:
                raise CourseError(f"misconception {entry.name}: the hint holds a line of the solution: {line}")


def _read(path: Path) -> Sequence[Misconception]:
    try:
        found = runpy.run_path(str(path)).get("MISCONCEPTIONS")
    except Exception as error:
        raise CourseError(f"{path}: cannot be used: {type(error).__name__}: {error}") from error
    if not isinstance(found, tuple) or not all(isinstance(entry, Misconception) for entry in found):
        raise CourseError(f"{path}: it must define MISCONCEPTIONS, a tuple of Misconception")
    return found


def _problems(entry: Misconception) -> Iterator[str]:
    if not _NAME.fullmatch(entry.name):
        yield f"{entry.name!r} is not kebab-case"
    if not _TARGET.fullmatch(entry.target):
        yield f"{entry.name}: the target {entry.target!r} is not of the form file.py:Class.method"
    if not entry.title.strip() or "\n" in entry.title:
        yield f"{entry.name}: the title must be one line"
    count = len(entry.hint.split())
    if not _WORDS[0] <= count <= _WORDS[1]:
        yield f"{entry.name}: the hint has {count} words; it must have {_WORDS[0]} to {_WORDS[1]}"
    unkind = _UNKIND.search(f"{entry.title} {entry.hint}")
    if unkind:
        yield f"{entry.name}: {unkind.group()!r} helps nobody: leave it out"


def _solution_lines(text: str) -> Iterator[str]:
    for region in _SOLUTION.findall(text):
        for line in region.splitlines():
            code = _squeeze(line.partition("#")[0].strip().removeprefix("return "))
            if len(code) >= _SHORTEST_LEAK:
                yield code


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
