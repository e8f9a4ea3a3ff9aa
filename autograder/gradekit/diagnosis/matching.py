"""Say whether a submission and a wrong variant failed a check in the same way, with the same numbers.

What came back from a submission is of any type; nothing of it is called before its exact type is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from gradekit.checkkit.failure import NOT_IMPLEMENTED, RAISED, CheckFailure

Array = np.ndarray[Any, Any]

_RTOL_DOUBLE = 1e-9
_RTOL_SINGLE = 1e-5
_MESSAGE = 500
_INTEGERS = (int, np.int64, np.int32)
_FLOATS = (float, np.float64, np.float32)


class Likeness(IntEnum):
    """How alike two failures are; `SAME_KIND` is an exception of the same type with another message."""

    DIFFERENT = 0
    SAME_KIND = 1
    EQUAL = 2


@dataclass(frozen=True)
class Observation:
    """How a check failed: a category of `checkkit.failure`, after which call, what came back, and the same in words.

    For an exception ``actual`` is the name of its type, as the boundary reports it, ``text`` begins with type and
    message, and ``called`` is empty: only the boundary knows.
    """

    category: str
    called: str
    actual: tuple[object, ...]
    text: str


def observe(error: BaseException) -> Observation:
    """Return what there is to compare of ``error``, whether it crossed the boundary or was raised in this process."""
    if isinstance(error, CheckFailure):
        called = "" if error.category == RAISED else error.called
        return Observation(error.category, called, error.actual, error.got)
    name = type(error).__name__
    category = NOT_IMPLEMENTED if isinstance(error, NotImplementedError) else RAISED
    return Observation(category, "", (name,), f"{name}: {str(error)[:_MESSAGE]}")


def compare(submitted: Observation, variant: Observation) -> Likeness:
    """Compare how a submission failed a check with how a variant of the reference, which is trusted, failed it."""
    if (submitted.category, submitted.called) != (variant.category, variant.called):
        return Likeness.DIFFERENT
    if len(submitted.actual) != len(variant.actual):
        return Likeness.DIFFERENT
    if not all(_equal(got, known) for got, known in zip(submitted.actual, variant.actual, strict=True)):
        return Likeness.DIFFERENT
    if variant.category == RAISED:
        # across the boundary the lines that led to the exception follow its message
        same = submitted.text == variant.text or submitted.text.startswith(variant.text + "\n")
        return Likeness.EQUAL if same else Likeness.SAME_KIND
    if not variant.actual and submitted.text != variant.text:
        return Likeness.DIFFERENT
    return Likeness.EQUAL


def _equal(got: object, known: object) -> bool:
    if known is None or type(known) in (bool, str):
        return type(got) is type(known) and got == known
    if type(known) is np.ndarray:
        return type(got) is np.ndarray and _equal_arrays(got, known)
    if type(known) in _INTEGERS:
        return type(got) in _INTEGERS and got == known
    return type(known) in _FLOATS and type(got) in _FLOATS and _equal_arrays(_zero_dim(got), _zero_dim(known))


def _zero_dim(number: Any) -> Array:
    with np.errstate(over="ignore"):
        double, single = np.asarray(number, dtype=np.float64), np.asarray(number, dtype=np.float32)
    # a float that was computed in float32 holds no more digits than that
    return single if float(single) == float(double) else double


def _equal_arrays(got: Array, known: Array) -> bool:
    if got.shape != known.shape or got.dtype.kind != known.dtype.kind or known.dtype.kind not in "fiub":
        return False
    if known.dtype.kind != "f":
        return bool(np.array_equal(got, known))
    single = got.dtype == known.dtype == np.float32
    with np.errstate(all="ignore"):
        finite = np.isfinite(known)
        if not np.array_equal(np.where(np.isfinite(got), 0, got), np.where(finite, 0, known), equal_nan=True):
            return False
        first, second = got[finite].astype(np.float64), known[finite].astype(np.float64)
        largest = float(np.abs(second).max(initial=0.0))
        return bool(np.abs(first - second).max(initial=0.0) <= (_RTOL_SINGLE if single else _RTOL_DOUBLE) * largest)
