"""Where in `grading_config.py` a value was written, found in its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from gradekit.rubric import types

Path = tuple[str | int, ...]
"""Steps from `config` to a value: names of fields, keys of mappings, positions in tuples."""

_FIELDS = {
    cls.__name__: tuple(field.name for field in fields(cls))
    for cls in (
        types.Rung,
        types.Check,
        types.Part,
        types.Limits,
        types.IntakeLimits,
        types.LatePolicy,
        types.Quality,
        types.GradingConfig,
    )
}


class SourceMap:
    """The lines of one `grading_config.py`."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._bindings: dict[str, ast.expr] = {}
        for statement in tree.body:
            if isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        self._bindings[target.id] = statement.value
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
                self._bindings[statement.target.id] = statement.value

    def line(self, config: object, path: Path) -> int:
        """The line of the value that `path` leads to from `config`, or of the nearest thing around it."""
        node = self._bindings.get("config")
        line = node.lineno if node else 1
        value: Any = config
        for step in path:
            found = self._step(node, step) if node else None
            value = _follow(value, step)
            # Built by a loop or a helper function: look for the name that the value bears instead.
            found = found or self._named(value)
            if found is None:
                node = None
                continue
            line, node = found
        return line

    def _step(self, node: ast.expr, step: str | int) -> tuple[int, ast.expr] | None:
        node = self._resolve(node)
        if isinstance(step, int):
            elements = self._elements(node)
            return (elements[step].lineno, elements[step]) if elements and step < len(elements) else None
        if isinstance(node, ast.Dict):
            for key, entry in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == step:
                    return key.lineno, entry
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == step:
                    return keyword.lineno, keyword.value
            names = _FIELDS.get(_called(node), ())
            if step in names and names.index(step) < len(node.args):
                argument = node.args[names.index(step)]
                return argument.lineno, argument
        return None

    def _resolve(self, node: ast.expr) -> ast.expr:
        for _ in range(20):  # a = b; b = a would go round for ever
            if not (isinstance(node, ast.Name) and node.id in self._bindings):
                break
            node = self._bindings[node.id]
        return node

    def _elements(self, node: ast.expr) -> list[ast.expr] | None:
        """The elements of a tuple as written, with `*other` and `one + other` opened; None if they cannot be told."""
        node = self._resolve(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._elements(node.left), self._elements(node.right)
            return None if left is None or right is None else left + right
        if not isinstance(node, ast.Tuple | ast.List):
            return None
        elements: list[ast.expr] = []
        for element in node.elts:
            opened = self._elements(element.value) if isinstance(element, ast.Starred) else [element]
            if opened is None:
                return None
            elements += opened
        return elements

    def _named(self, value: object) -> tuple[int, ast.expr] | None:
        name = getattr(value, "name", None)
        if not isinstance(name, str):
            return None
        for call in self._calls(type(value).__name__):
            arguments = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "name")]
            if any(isinstance(argument, ast.Constant) and argument.value == name for argument in arguments):
                return call.lineno, call
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Constant) and node.value == name:
                return node.lineno, node
        return None

    def _calls(self, name: str) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self._tree) if isinstance(node, ast.Call) and _called(node) == name)


def remember(config: types.GradingConfig, file: str, lines: SourceMap) -> None:
    """Keep with a loaded `config` where it was written, for refusals that come later than loading."""
    object.__setattr__(config, "_written", (file, lines))


def place(config: types.GradingConfig, path: Path = ()) -> str:
    """`NAME:LINE` of the value that `path` leads to; the bare name for a config that was not loaded from a file."""
    written: tuple[str, SourceMap] | None = getattr(config, "_written", None)
    return f"{written[0]}:{written[1].line(config, path)}" if written else "grading_config.py"


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _follow(value: Any, step: str | int) -> Any:
    try:
        return value[step] if isinstance(step, int) or hasattr(value, "keys") else getattr(value, step)
    except (LookupError, AttributeError, TypeError):
        return None
