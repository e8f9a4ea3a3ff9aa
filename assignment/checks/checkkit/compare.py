"""Comparisons that fail with a message a student can act on.

What came back may be anything that a hostile submission could make: no method of it is called before its exact type
is known. Every comparison passes only on ``<=``, so that a value that is not a number never passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from .describing import (
    describe,
    describe_array,
    format_array,
    format_index,
    format_number,
    format_pair,
    with_inputs,
)
from .failure import ARGUMENT_CHANGED, DTYPE, NOT_FINITE, SHAPE, STATE, TYPE, VALUE, CheckFailure
from .relations import describe_relation

Array = np.ndarray[Any, Any]
Given = Mapping[str, object]

ZERO_DIMENSIONAL = (
    "{call} returned an array without dimensions; a float says the same and is what the contract asks for."
)


class Mismatch(NamedTuple):
    """How an array differs from the expected one: a category of `failure`, and the two sides in words."""

    category: str
    got: str
    expected: str


def mismatch(got: object, expected: Array, *, rtol: float, atol: float = 0.0) -> Mismatch | None:
    """Return how ``got`` differs from ``expected``, None where it does not: type, shape, dtype, finite, values, in this order.

    Values are equal when the L2 norm of the difference is at most ``rtol`` times that of ``expected`` (plus ``atol``
    per element), and no element is off by more than ``rtol`` times the largest expected one plus ``atol``.
    """
    if expected.size == 0 or not np.isfinite(expected).all():
        raise ValueError("a check must expect at least one number, and finite numbers only")
    if type(got) is not np.ndarray:
        return Mismatch(TYPE, describe(got), describe_array(expected))
    if got.shape != expected.shape:
        return Mismatch(SHAPE, describe_array(got), f"shape {expected.shape}")
    if got.dtype != expected.dtype:
        return Mismatch(DTYPE, describe_array(got), f"dtype {expected.dtype}")
    if not np.isfinite(got).all():
        place = tuple(int(part) for part in np.argwhere(~np.isfinite(got))[0])
        found = f"{format_array(got)}\nelement {format_index(place)} is {got[place]}"
        return Mismatch(
            NOT_FINITE, found, f"{format_array(expected)}\nelement {format_index(place)} is {expected[place]:.6g}"
        )
    with np.errstate(all="ignore"):
        wide = np.float64 if expected.dtype.kind == "f" else expected.dtype
        difference = (
            np.abs(np.subtract(got, expected, dtype=wide)) if wide != np.bool_ else (got != expected).astype(float)
        )
        error, scale = float(np.linalg.norm(difference)), float(np.linalg.norm(expected.astype(np.float64)))
        largest = float(np.abs(expected.astype(np.float64)).max())
        if error <= rtol * scale + atol * expected.size**0.5 and float(difference.max()) <= rtol * largest + atol:
            return None
    place = tuple(int(part) for part in np.unravel_index(int(np.argmax(difference)), difference.shape))
    return Mismatch(VALUE, *_both(got, expected, place))


def _both(got: Array, expected: Array, place: tuple[int, ...]) -> tuple[str, str]:
    first, second = format_pair(got[place], expected[place])
    if not place:
        return first, second
    where = f"element {format_index(place)} is"
    return f"{format_array(got)}\n{where} {first}", f"{format_array(expected)}\n{where} {second}"


def expect_array(
    got: object,
    expected: Array,
    *,
    call: str,
    rtol: float,
    atol: float = 0.0,
    given: Given | None = None,
    unshown: Given | None = None,
    advice: str = "",
) -> None:
    """Fail unless ``got`` is an array of the shape, dtype and values of ``expected``.

    ``call`` is what was called, without inputs; ``given`` are the inputs by name, ``unshown`` those that a message must
    not show but may name; ``advice`` names the convention at stake.
    """
    found = mismatch(got, expected, rtol=rtol, atol=atol)
    if found is not None:
        relation = describe_relation(got, expected, {**(given or {}), **(unshown or {})})
        raise CheckFailure(
            found.category,
            called=with_inputs(call, given),
            got=found.got,
            expected=found.expected,
            advice=" ".join(part for part in (relation, advice) if part),
            actual=(got,),
        )


def expect_scalar(
    got: object,
    expected: float,
    *,
    call: str,
    rtol: float,
    atol: float = 0.0,
    given: Given | None = None,
    advice: str = "",
) -> str:
    """Fail unless ``got`` is one number close to ``expected``; return a remark for the student, or "".

    A Python float and a NumPy floating-point scalar are right; an array without dimensions earns the remark.
    """
    if not np.isfinite(expected):
        raise ValueError("a check must expect a finite number")
    called = with_inputs(call, given)
    kind = type(got)
    remark = ""
    if kind is np.ndarray:
        if got.shape != ():  # type: ignore[attr-defined]
            raise CheckFailure(
                SHAPE,
                called=called,
                got=describe(got),
                expected="one number (float)",
                advice=" ".join(part for part in (describe_relation(got, float(expected)), advice) if part),
                actual=(got,),
            )
        remark = ZERO_DIMENSIONAL.format(call=call)
    if kind is not float and not _is_float_scalar(got):
        raise CheckFailure(
            TYPE, called=called, got=describe(got), expected="one number (float)", advice=advice, actual=(got,)
        )
    number = float(got)  # type: ignore[arg-type]
    if not np.isfinite(number):
        raise CheckFailure(
            NOT_FINITE,
            called=called,
            got=str(number),
            expected=format_number(expected),
            advice=advice,
            actual=(number,),
        )
    if not abs(number - expected) <= rtol * abs(expected) + atol:
        first, second = format_pair(number, expected)
        advice = " ".join(part for part in (describe_relation(number, float(expected)), advice) if part)
        raise CheckFailure(VALUE, called=called, got=first, expected=second, advice=advice, actual=(number,))
    return remark


def _is_float_scalar(value: object) -> bool:
    kind = type(value)
    return kind in (np.float64, np.float32) or (kind is np.ndarray and value.dtype in (np.float64, np.float32))  # type: ignore[attr-defined]


def require_array(got: object, shape: tuple[int, ...], *, call: str) -> Array:
    """Return a copy of ``got`` if it is a finite array of floats of this shape; fail otherwise, whatever its values."""
    category = ""
    if type(got) is not np.ndarray or got.dtype.kind != "f":
        category = TYPE
    elif got.shape != shape:
        category = SHAPE
    elif not np.isfinite(got).all():
        category = NOT_FINITE
    if category:
        raise CheckFailure(
            category, called=call, got=describe(got), expected=f"finite floats, shape {shape}", actual=(got,)
        )
    return np.array(got)


def require_number(got: object, *, call: str) -> float:
    """Return ``got`` as a float if it is one finite number; fail otherwise, whatever its value."""
    several = type(got) is np.ndarray and got.shape != ()
    if several or not (type(got) is float or _is_float_scalar(got)):
        raise CheckFailure(TYPE, called=call, got=describe(got), expected="one number (float)", actual=(got,))
    number = float(got)  # type: ignore[arg-type]
    if not np.isfinite(number):
        raise CheckFailure(NOT_FINITE, called=call, got=str(number), expected="a finite number", actual=(number,))
    return number


def require_callable(got: Any, *, call: str) -> Callable[..., Any]:
    """Return ``got`` if it can be called; fail otherwise."""
    if not callable(got):
        raise CheckFailure(TYPE, called=call, got=describe(got), expected="a function", actual=(describe(got),))
    return got  # type: ignore[no-any-return]


def require_labels(got: object, n: int, *, call: str) -> Array:
    """Return ``got`` as integers (n,) if it is an array or a list of n whole numbers; fail otherwise."""
    if type(got) in (list, tuple) and all(type(label) is int for label in got):  # type: ignore[attr-defined]
        got = np.array(got, dtype=np.int64)
    right_type = type(got) is np.ndarray and got.dtype.kind in "iu"
    if not right_type or got.shape != (n,):  # type: ignore[attr-defined]
        category = SHAPE if right_type else TYPE
        raise CheckFailure(
            category, called=call, got=describe(got), expected=f"integer labels, shape ({n},)", actual=(got,)
        )
    return got.astype(np.int64)  # type: ignore[attr-defined, no-any-return]


def expect_unchanged(name: str, before: object, after: object, *, call: str) -> None:
    """Fail unless the argument called ``name`` holds after ``call`` exactly what it held before (arrays, numbers)."""
    _expect_same(
        before,
        after,
        ARGUMENT_CHANGED,
        f"{name} as it was before the call",
        call,
        f"The call wrote into {name}. Compute into a new array, or work on a copy.",
    )


def expect_kept(name: str, before: object, after: object, *, call: str) -> None:
    """Fail unless an array that an earlier call returned still holds what it held, after ``call``."""
    advice = "Return a new array each time: a later call must not write into what an earlier one returned."
    _expect_same(before, after, STATE, f"{name} as it was before this call", call, advice)


def _expect_same(before: object, after: object, category: str, expected: str, call: str, advice: str) -> None:
    if type(before) is np.ndarray:
        same = type(after) is np.ndarray and after.shape == before.shape and after.dtype == before.dtype
        if same and np.array_equal(before, after, equal_nan=before.dtype.kind == "f"):  # type: ignore[arg-type]
            return
    elif type(after) is type(before) and after == before:
        return
    text = format_array(after) if type(after) is np.ndarray else describe(after)
    raise CheckFailure(category, called=call, got=text, expected=expected, advice=advice, actual=(after,))
