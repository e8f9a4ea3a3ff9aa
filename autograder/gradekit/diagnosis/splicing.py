"""Put wrong variants into the text of the reference, in the place of what they are variants of."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping
from typing import NamedTuple

from gradekit.errors import CourseError

from .misconception import Misconception

_Definition = ast.FunctionDef | ast.ClassDef


class _Edit(NamedTuple):
    """Lines ``start`` up to, not including, ``stop`` (0-based) become ``text``."""

    start: int
    stop: int
    text: str


def splice(sources: Mapping[str, str], *misconceptions: Misconception) -> dict[str, str]:
    """Return the reference's sources (file name -> text) with all of these mistakes in it.

    Raises CourseError when a target is not there, a text is not Python, or two mistakes define the same thing.
    """
    spliced = dict(sources)
    for index, entry in enumerate(misconceptions):
        for other in misconceptions[:index]:
            if overlap(entry, other):
                raise CourseError(f"misconceptions {other.name} and {entry.name} define the same thing")
        if entry.file not in spliced:
            raise CourseError(f"misconception {entry.name}: the reference has no file {entry.file}")
        spliced[entry.file] = _splice(spliced[entry.file], entry)
    return spliced


def overlap(first: Misconception, second: Misconception) -> bool:
    """Say whether two mistakes cannot be made at once, because both define the same thing."""
    return bool(_defined(first) & _defined(second))


def _splice(text: str, entry: Misconception) -> str:
    module = ast.parse(text)
    variant = _parse(entry)
    name, *rest = entry.path
    outer = _find(module.body, name)
    target = outer if outer is None or not rest else _find(outer.body, rest[0])
    replacement = _find(variant.body, entry.path[-1])
    if outer is None or target is None or type(replacement) is not type(target):
        raise CourseError(
            f"misconception {entry.name}: the reference has no {entry.target}, or the variant defines another"
        )
    lines = text.splitlines(keepends=True)
    code = textwrap.dedent(entry.source)
    edits = []
    if isinstance(target, ast.ClassDef) and isinstance(replacement, ast.ClassDef):
        edits += _member_edits(target, replacement, code)
    else:
        edits.append(_Edit(_start(target), _end(target), _text(code, replacement, target.col_offset)))
    helpers = "".join(_text(code, node, 0) for node in variant.body if node is not replacement)
    edits.append(_Edit(_start(outer), _start(outer), helpers))
    for edit in sorted(edits, reverse=True):
        lines[edit.start : edit.stop] = [edit.text]
    return "".join(lines)


def _member_edits(target: ast.ClassDef, replacement: ast.ClassDef, code: str) -> list[_Edit]:
    edits = []
    for member in replacement.body:
        text = _text(code, member, target.body[0].col_offset)
        old = _find(target.body, member.name) if isinstance(member, ast.FunctionDef) else None
        # what the class does not have yet goes to its end
        edits.append(_Edit(_end(target), _end(target), text) if old is None else _Edit(_start(old), _end(old), text))
    return edits


def _defined(entry: Misconception) -> set[tuple[str, ...]]:
    names: set[tuple[str, ...]] = set()
    for node in _parse(entry).body:
        prefix = (entry.file, *entry.path[:-1]) if _name(node) == entry.path[-1] else (entry.file,)
        if isinstance(node, ast.ClassDef):
            names |= {(*prefix, node.name, _name(member)) for member in node.body}
        else:
            names.add((*prefix, _name(node)))
    return names


def _name(node: ast.stmt) -> str:
    if isinstance(node, _Definition):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ast.unparse(node)


def _parse(entry: Misconception) -> ast.Module:
    try:
        return ast.parse(textwrap.dedent(entry.source))
    except SyntaxError as error:
        raise CourseError(f"misconception {entry.name}: the variant is not Python: {error}") from error


def _find(body: list[ast.stmt], name: str) -> _Definition | None:
    return next((node for node in body if isinstance(node, _Definition) and node.name == name), None)


def _text(code: str, node: ast.stmt, indent: int) -> str:
    own = "".join(code.splitlines(keepends=True)[_start(node) : _end(node)])
    return textwrap.indent(textwrap.dedent(own), " " * indent) + ("" if own.endswith("\n") else "\n")


def _start(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, _Definition) else []
    return min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1


def _end(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno
