"""Are the values in `grading_config.py` of the types that `gradekit.rubric.types` declares?"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin

from gradekit.rubric.source import Path

_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "True or False", type(None): "None"}


def wrong_types(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every value inside the dataclass `value` that its annotation does not allow, with what to write instead."""
    hints = typing.get_type_hints(type(value))
    for field in fields(value):  # type: ignore[arg-type]
        yield from _wrong(getattr(value, field.name), hints[field.name], (*path, field.name))


def _wrong(value: Any, wanted: Any, path: Path) -> Iterator[tuple[Path, str]]:
    origin = get_origin(wanted)
    if origin is tuple:
        if not isinstance(value, tuple):
            yield path, _say(path, "a tuple (a single element needs a comma after it: (x,))", value)
            return
        for position, element in enumerate(value):
            yield from _wrong(element, get_args(wanted)[0], (*path, position))
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            yield path, _say(path, "a mapping {name: ...}", value)
            return
        for key, entry in value.items():
            if not isinstance(key, str):
                yield path, _say(path, "a mapping whose keys are texts", value)
            else:
                yield from _wrong(entry, get_args(wanted)[1], (*path, key))
    elif is_dataclass(wanted):
        if isinstance(value, typing.cast(type, wanted)):
            yield from wrong_types(value, path)
        else:
            yield path, _say(path, f"{typing.cast(type, wanted).__name__}(...)", value)
    elif not _allowed(value, wanted):
        yield path, _say(path, _describe(wanted), value)


def _allowed(value: Any, wanted: Any) -> bool:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return any(_allowed(value, option) for option in get_args(wanted))
    if origin is Literal:
        return isinstance(value, str) and value in get_args(wanted)
    if wanted is bool or isinstance(value, bool):  # bool is an int to Python, but True is no number of points
        return wanted is bool and isinstance(value, bool)
    if wanted is float:
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, wanted)


def _describe(wanted: Any) -> str:
    if get_origin(wanted) is Literal:
        return " or ".join(repr(option) for option in get_args(wanted))
    if get_origin(wanted) in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_describe(option) for option in get_args(wanted)))
    return _WORDS[wanted]


def _say(path: Path, wanted: str, value: object) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    where = str(path[-1]) if isinstance(path[-1], str) else f"{path[-2]}[{path[-1]}]"
    return f"`{where}` must be {wanted}, not {shown}"
