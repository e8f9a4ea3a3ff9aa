"""Values in the words of a failure message: short, exact where it matters, and safe for values of any type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

_SHOWN = 12


def describe(value: object) -> str:
    """Say what ``value`` is in a few words; calls no method of an object that it does not know."""
    kind = type(value)
    if value is None:
        return "None (is a return statement missing?)"
    if kind in (bool, int, float):
        return f"{value!r} (a Python {kind.__name__})"
    if kind is np.ndarray:
        return describe_array(value)  # type: ignore[arg-type]
    if issubclass(kind, np.generic):
        return f"a NumPy {kind.__name__}"
    if kind is str:
        return "a text"
    if kind in (list, tuple, dict):
        return f"a {kind.__name__} of {len(value)} elements"  # type: ignore[arg-type]
    # an object that stays across the boundary names itself safely
    return repr(value) if kind.__name__ == "Proxy" else f"an object of type {kind.__name__}"


def describe_array(array: np.ndarray[Any, Any]) -> str:
    """Return the shape and dtype of an array in words."""
    return f"an array of shape {array.shape}, {array.dtype}"


def format_array(array: np.ndarray[Any, Any]) -> str:
    """Return the elements of an array to 6 digits, the middle left out where there are more than 12."""
    with np.errstate(all="ignore"):
        return np.array2string(array, precision=6, threshold=_SHOWN, edgeitems=2, max_line_width=90, separator=", ")


def format_number(value: float) -> str:
    """Return a number to 6 digits."""
    return f"{float(value):.6g}"


def format_pair(got: float, expected: float) -> tuple[str, str]:
    """Return two numbers that differ with as many digits as it takes to see the difference."""
    texts = format_number(got), format_number(expected)
    return (repr(float(got)), repr(float(expected))) if texts[0] == texts[1] else texts


def format_index(index: tuple[int, ...]) -> str:
    """Return an index as it is written in Python: ``[0, 2]``."""
    return "[" + ", ".join(str(part) for part in index) + "]"


def with_inputs(call: str, given: Mapping[str, object] | None) -> str:
    """Return the call, and under it what it was given: one line or block per input."""
    lines = [call]
    for name, value in (given or {}).items():
        text = format_array(value) if isinstance(value, np.ndarray) else str(value)
        lines.append(f"{name} = " + text.replace("\n", "\n" + " " * (len(name) + 3)))
    return "\n".join(lines)
