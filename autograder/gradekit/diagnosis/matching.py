"""Say whether a submission and a wrong variant failed a check in the same way, with the same numbers.

What came back from a submission is of any type; nothing of it is called before its exact type is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np

from gradekit.checkkit.failure import (
    ARGUMENT_CHANGED,
    DTYPE,
    NOT_FINITE,
    NOT_IMPLEMENTED,
    RAISED,
    STATE,
    VALUE,
    CheckFailure,
)

Array = np.ndarray[Any, Any]

_RTOL_DOUBLE = 1e-9
_RTOL_SINGLE = 1e-6
_MESSAGE = 500
_INTEGERS = (int, np.int64, np.int32)
_FLOATS = (float, np.float64, np.float32)


class Likeness(Enum):
    """How alike two failures of a check are."""

    DIFFERENT = auto()
    HIDDEN = auto()  # the submission fails in a way that would hide what the variant does
    SAME_KIND = auto()  # both raise an exception of one type, with different messages
    EQUAL = auto()


@dataclass(frozen=True)
class Observation:
    """How a check failed: category, call and expectation as in `CheckFailure`, what came back, and the same in words.

    For an exception ``actual`` is the name of its type, as the boundary reports it, ``text`` begins with type and
    message, and the other texts are empty: only the boundary knows them.
    """

    category: str
    actual: tuple[object, ...]
    text: str
    called: str = ""
    expected: str = ""


def observe(error: BaseException) -> Observation:
    """Return what there is to compare of ``error``, whether it crossed the boundary or was raised in this process."""
    if isinstance(error, CheckFailure):
        if error.category == RAISED:
            return Observation(RAISED, error.actual, error.got)
        return Observation(error.category, error.actual, error.got, error.called, error.expected)
    name = type(error).__name__
    category = NOT_IMPLEMENTED if isinstance(error, NotImplementedError) else RAISED
    return Observation(category, (name,), f"{name}: {str(error)[:_MESSAGE]}")


def compare(submitted: Observation, variant: Observation) -> Likeness:
    """Compare how a submission failed a check with how a variant of the reference, which is trusted, failed it."""
    if variant.category == VALUE and submitted.category in (DTYPE, NOT_FINITE):
        return Likeness.HIDDEN
    if (submitted.category, submitted.called) != (variant.category, variant.called):
        return Likeness.DIFFERENT
    if variant.category in (ARGUMENT_CHANGED, STATE):
        # which array was written into, that is the mistake; what was written may be anything
        return Likeness.EQUAL if submitted.expected == variant.expected else Likeness.DIFFERENT
    if len(submitted.actual) != len(variant.actual):
        return Likeness.DIFFERENT
    if not all(_equal(got, known) for got, known in zip(submitted.actual, variant.actual, strict=True)):
        return Likeness.DIFFERENT
    if variant.category == RAISED:
        # across the boundary the lines that led to the exception follow its message
        same = submitted.text == variant.text or submitted.text.startswith(variant.text + "\n")
        return Likeness.EQUAL if same else Likeness.SAME_KIND
    return Likeness.EQUAL if variant.actual or submitted.text == variant.text else Likeness.DIFFERENT


def _equal(got: Any, known: Any) -> bool:
    if known is None or type(known) in (bool, str):
        return type(got) is type(known) and bool(got == known)
    if type(known) is np.ndarray:
        return type(got) is np.ndarray and _equal_arrays(got, known)
    if type(known) in _INTEGERS:
        return type(got) in _INTEGERS and int(got) == int(known)
    return type(known) in _FLOATS and type(got) in _FLOATS and _equal_floats(float(got), float(known))


def _equal_arrays(got: Array, known: Array) -> bool:
    if got.shape != known.shape or got.dtype.kind != known.dtype.kind or known.dtype.kind not in "fiub":
        return False
    if known.dtype.kind != "f":
        return bool(np.array_equal(got, known))
    rtol = _RTOL_SINGLE if got.dtype == known.dtype == np.float32 else _RTOL_DOUBLE
    return _close(got.astype(np.float64), known.astype(np.float64), rtol)


def _equal_floats(got: float, known: float) -> bool:
    # a float that was computed in float32 holds no more digits than that
    single = any(_fits_float32(number) for number in (got, known))
    return _close(np.asarray(got), np.asarray(known), _RTOL_SINGLE if single else _RTOL_DOUBLE)


def _fits_float32(number: float) -> bool:
    with np.errstate(over="ignore"):
        return float(np.float32(number)) == number


def _close(got: Array, known: Array, rtol: float) -> bool:
    with np.errstate(all="ignore"):
        finite = np.isfinite(known)
        if not np.array_equal(np.where(np.isfinite(got), 0, got), np.where(finite, 0, known), equal_nan=True):
            return False
        largest = float(np.abs(known[finite]).max(initial=0.0))
        return bool(np.abs(got[finite] - known[finite]).max(initial=0.0) <= rtol * largest)
