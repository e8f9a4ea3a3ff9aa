"""What a release is made from: the texts of `solution/`, their order in the notebook, and the stubs that they hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release.strip import regions
from gradekit.rubric import GradingConfig, Part

_TODO = re.compile(r"^\s*raise NotImplementedError\([\"']TODO (?P<label>\w+): (?P<title>[^\"']+)[\"']\)")
_COMMAND = re.compile(r"python -m pytest -k (?P<keyword>\w+)\s*$")


@dataclass(frozen=True)
class Source:
    """One file of `solution/`; `given` files reach students whole."""

    name: str
    text: str
    given: bool

    @property
    def module(self) -> str:
        return self.name.removesuffix(".py")


@dataclass(frozen=True)
class Stub:
    """One place where students write: `label` ("1", "B2"), `title` ("Linear.forward"), `keyword` selects its checks."""

    label: str
    title: str
    file: str
    line: int
    keyword: str
    part: Part | None

    @property
    def text(self) -> str:
        """What the stub's error says, which no other stub says."""
        return f"TODO {self.label}: {self.title}"


def read_text(path: Path, root: Path) -> str:
    """Return the text of a UTF-8 file; raises ReleaseError, naming it relative to ``root``, when it cannot be read."""
    shown = path.relative_to(root).as_posix()
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReleaseError(f"{shown} cannot be read ({error.strerror}): the hand-out is made from it") from error
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{shown} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


def load_sources(course: Course) -> tuple[Source, ...]:
    """Return the sources that `grading_config.py` lists, students' files first.

    Raises ReleaseError for a file that is missing, does not parse, or is given and holds a solution region.
    """
    config = course.config
    sources = tuple(
        Source(name, read_text(course.solution / name, course.root), name in config.given)
        for name in (*config.files, *config.given)
    )
    for source in sources:
        shown = f"solution/{source.name}"
        held = regions(source.text, shown)
        if source.given and held:
            raise ReleaseError(f"{shown}:{held[0].begin}: a given file holds a solution region: list it under `files`")
        if not source.given and not held:
            raise ReleaseError(f"{shown}: a students' file holds no solution region: list it under `given`")
        _parsed(source)
    return sources


def stubs(sources: Sequence[Source], config: GradingConfig) -> tuple[Stub, ...]:
    """Return the stubs of all students' files in order, each with the part that its check command names.

    Raises ReleaseError where two stubs say the same.
    """
    found = [stub for source in sources if not source.given for stub in _stubs_of(source, config)]
    lines: dict[str, Stub] = {}
    for stub in found:
        first = lines.setdefault(stub.text, stub)
        if first is not stub:
            raise ReleaseError(
                f"solution/{stub.file}:{stub.line}: {stub.text!r} stands in {first.file}:{first.line} too"
            )
    return tuple(found)


def notebook_order(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return what the notebook embeds: every students' file, and before it the given files that it imports.

    Raises ReleaseError where two embedded files define one name, which in a notebook would be one and the same.
    """
    by_module = {source.module: source for source in sources}
    ordered: list[Source] = []

    def embed(source: Source, importers: tuple[str, ...]) -> None:
        if source in ordered or source.module in importers:
            return
        for module in _imports(source):
            if module in by_module:
                embed(by_module[module], (*importers, source.module))
        ordered.append(source)

    for source in sources:
        if not source.given:
            embed(source, ())
    _refuse_clashes(ordered)
    return tuple(ordered)


def _stubs_of(source: Source, config: GradingConfig) -> Iterator[Stub]:
    keyword = ""
    for number, line in enumerate(source.text.split("\n"), start=1):
        if command := _COMMAND.search(line):
            keyword = command["keyword"]
        elif todo := _TODO.match(line):
            yield Stub(todo["label"], todo["title"], source.name, number, keyword, _part(keyword, config))


def _part(keyword: str, config: GradingConfig) -> Part | None:
    """Return the part that a check keyword names: its own name, or the only one that begins with it."""
    wanted = keyword.replace("_", "-")
    parts = {part.name: part for part in config.parts}
    if wanted in parts:
        return parts[wanted]
    beginning = [part for name, part in parts.items() if wanted and name.startswith(wanted)]
    return beginning[0] if len(beginning) == 1 else None


def _parsed(source: Source) -> ast.Module:
    try:
        return ast.parse(source.text)
    except SyntaxError as error:
        raise ReleaseError(f"solution/{source.name}:{error.lineno}: {error.msg}") from error


def _imports(source: Source) -> Iterator[str]:
    for node in ast.walk(_parsed(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _refuse_clashes(ordered: Sequence[Source]) -> None:
    owners: dict[str, str] = {}
    for source in ordered:
        for name, line in _definitions(source).items():
            if name in owners:
                raise ReleaseError(
                    f"solution/{source.name}:{line}: {name} is defined in {owners[name]} too; "
                    "the notebook holds both files, so give one of them another name"
                )
            owners[name] = f"solution/{source.name}"


def _definitions(source: Source) -> Mapping[str, int]:
    names: dict[str, int] = {}
    for node in _parsed(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node.lineno
        elif isinstance(node, ast.Assign):
            names.update({target.id: node.lineno for target in node.targets if isinstance(target, ast.Name)})
    return names
