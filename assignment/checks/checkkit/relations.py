"""How a wrong array relates to the right one, in plain words, where the relation holds exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_FACTORS = {Fraction(1, 2): "half", Fraction(2): "twice"}
_LARGEST_FACTOR = 1000


def describe_relation(got: object, expected: object, given: Mapping[str, object] | None = None) -> str:
    """Name the relation of ``got`` to ``expected`` (arrays of any shapes, or two numbers), "" where none is known.

    ``given`` maps names of inputs to their arrays, so that a result that is one of them can be named.
    """
    if not (_is_numeric(got) and _is_numeric(expected)):
        return ""
    actual, right = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if actual.size == 0 or not (np.isfinite(actual).all() and np.isfinite(right).all()):
        return ""
    close = _comparison(got, expected)
    with np.errstate(all="ignore"):
        for name, value in (given or {}).items():
            if _is_numeric(value) and close(actual, np.asarray(value, dtype=np.float64)):
                return f"It is the same as {name}."
        if actual.shape == right.shape:
            return _same_shape(actual, right, close)
        return _other_shape(actual, right, close)


def _is_numeric(value: object) -> bool:
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype.kind in "fiu"  # type: ignore[attr-defined]
    return kind in (int, float) or issubclass(kind, (np.floating, np.integer))


def _comparison(got: object, expected: object) -> Callable[[Array, Array], bool]:
    single = any(getattr(value, "dtype", None) == np.float32 for value in (got, expected))
    tolerance = 1e-5 if single else 1e-9

    def close(first: Array, second: Array) -> bool:
        if first.shape != second.shape:
            return False
        return bool(np.abs(first - second).max() <= tolerance * np.abs(second).max())

    return close


def _same_shape(got: Array, right: Array, close: Callable[[Array, Array], bool]) -> str:
    if not got.any():
        return "It is zero everywhere."
    factor = _factor(got, right, close)
    if factor:
        return factor
    if got.ndim == 2 and got.shape[0] == got.shape[1] and close(got, right.T):
        return "It is the transpose of the expected array."
    if got.size > 1:
        if close(got, np.full_like(got, got.flat[0])):
            return "It has the same value in every element."
        difference = got - right
        if close(difference, np.full_like(difference, difference.flat[0])):
            return f"It is off by the same amount, {difference.flat[0]:.6g}, in every element."
    if got.ndim == 2 and got.shape[0] > 1 and close(got, right[::-1]):
        return "Its rows are the expected ones in reversed order."
    return ""


def _factor(got: Array, right: Array, close: Callable[[Array, Array], bool]) -> str:
    squares = float(np.vdot(right, right))
    if squares == 0:
        return ""
    ratio = float(np.vdot(right, got)) / squares
    if ratio == 0 or not close(got, ratio * right):
        return ""
    nice = _nice(abs(ratio))
    if nice is None:
        # any number is some multiple of any other: only several elements make a pattern of it
        return f"It is {ratio:.6g} times the expected value in every element." if got.size > 1 else ""
    sign = "the negative of " if ratio < 0 else ""
    if nice == 1:
        return "It is negated: the right size, the wrong sign." if sign else ""
    if nice in _FACTORS:
        return f"It is exactly {_FACTORS[nice]} {sign}the expected value."
    if nice.numerator == 1:
        text = f"exactly {nice.denominator} times too small"
    else:
        text = f"exactly {float(nice):.6g} times too large" if nice > 1 else f"exactly {nice} of the expected value"
    return f"It is {text}{', and negated' if sign else ''}."


def _nice(ratio: float) -> Fraction | None:
    """Return ``ratio`` as n, n/2, n/4, 1/n, 2/n or 4/n if it is one of them."""
    for numerator in (1, 2, 4):
        for value, inverted in ((ratio, False), (1 / ratio, True)):
            whole = round(value * numerator)
            if 0 < whole <= _LARGEST_FACTOR and abs(value * numerator - whole) <= 1e-5 * whole:
                return Fraction(numerator, whole) if inverted else Fraction(whole, numerator)
    return None


def _other_shape(got: Array, right: Array, close: Callable[[Array, Array], bool]) -> str:
    if got.ndim == 2 and close(got.T, right):
        return "It is the transpose of the expected array."
    if got.size == right.size and close(got.reshape(right.shape), right):
        return "The numbers are right, only the shape is not."
    if got.ndim == 2 and right.ndim <= 2:
        if close(got.sum(axis=0), right.reshape(-1)):
            return "Its sum over the rows (the samples of the batch) is the expected array."
        if close(got.mean(axis=0), right.reshape(-1)):
            return "Its mean over the rows (the samples of the batch) is the expected array."
    if got.size == 1 and right.size > 1:
        value = got.reshape(())
        if close(value, np.asarray(right.sum())):
            return "It is the sum of all elements of the expected array: summed over too many axes."
        if close(value, np.asarray(right.mean())):
            return "It is the mean of all elements of the expected array: averaged over too many axes."
    return ""
