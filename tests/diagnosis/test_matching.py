"""Two failures are alike when they are of one kind with the same numbers; hostile values are never touched."""

from __future__ import annotations

import numpy as np
import pytest

from gradekit.boundary.faults import NotImplementedFault, RaisedFault, TimeoutFault
from gradekit.checkkit import CheckFailure
from gradekit.diagnosis.matching import Likeness, compare, observe

FLOATS = np.array([[1.0, -2.0], [3.0, 0.5]])


def failure(*actual, category="value", called="f(x)", got="g", expected="e"):
    return CheckFailure(category, called=called, got=got, expected=expected, actual=actual)


def likeness(submitted, variant):
    return compare(observe(submitted), observe(variant))


@pytest.mark.parametrize(
    ("got", "known"),
    [
        (FLOATS, FLOATS * (1 + 1e-12)),
        (FLOATS.astype(np.float32), FLOATS.astype(np.float32) * np.float32(1 + 3e-7)),
        (np.array([1.0, np.nan, np.inf, -np.inf]), np.array([1.0, np.nan, np.inf, -np.inf])),
        (np.array(2.0), np.array(2.0)),
        (np.arange(3), np.arange(3)),
        (np.array([True, False]), np.array([True, False])),
        (1.5, np.float64(1.5)),
        (float(np.float32(0.1)), float(np.float32(0.1)) * (1 + 1e-7)),
        (float("nan"), float("nan")),
        (3, np.int64(3)),
        ("overflow", "overflow"),
        (None, None),
        (True, True),
    ],
)
def test_equal_values_are_recognised(got, known):
    assert likeness(failure(got), failure(known)) is Likeness.EQUAL


class Hostile(np.ndarray):
    """An array that does harm when it is compared."""

    def __eq__(self, other):
        raise SystemExit

    __hash__ = None


class HostileText(str):
    __slots__ = ()

    def __eq__(self, other):
        raise SystemExit

    __hash__ = None


@pytest.mark.parametrize(
    ("got", "known"),
    [
        (FLOATS, FLOATS * (1 + 1e-8)),
        (FLOATS, FLOATS.astype(np.float32).astype(np.float64) + 1e-7),
        (FLOATS, FLOATS.T),
        (FLOATS, FLOATS[0]),
        (FLOATS, FLOATS > 0),
        (np.array([1.0, np.nan]), np.array([np.nan, 1.0])),
        (np.array([np.inf]), np.array([-np.inf])),
        (0.1, 0.1 + 1e-8),
        (1.0, 1),
        (1, True),
        (1.0, np.array(1.0)),
        (None, 0.0),
        ("1", 1),
        (np.array(["a"]), np.array(["a"])),
        (np.array([None]), np.array([None])),
        ([1.0], [1.0]),
        (FLOATS.view(Hostile), FLOATS),
        (HostileText("a"), "a"),
        (object(), None),
    ],
)
def test_other_values_never_match(got, known):
    assert likeness(failure(got), failure(known)) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    "change",
    [{"category": "shape"}, {"called": "g(x)"}],
)
def test_same_value_in_another_place_does_not_match(change):
    assert likeness(failure(1.5), failure(1.5, **change)) is Likeness.DIFFERENT


def test_number_of_values_has_to_agree():
    assert likeness(failure(1.5), failure(1.5, 2.5)) is Likeness.DIFFERENT
    assert likeness(failure(1.5, 2.5), failure(1.5, 2.5)) is Likeness.EQUAL


def test_failures_without_values_are_compared_by_their_words():
    assert likeness(failure(category="type"), failure(category="type")) is Likeness.EQUAL
    assert likeness(failure(category="type"), failure(category="type", got="h")) is Likeness.DIFFERENT


@pytest.mark.parametrize("category", ["argument-changed", "state"])
def test_which_array_was_overwritten_counts_and_not_what_was_written(category):
    before = failure(FLOATS, category=category, expected="z as it was")
    assert likeness(failure(-FLOATS, category=category, expected="z as it was"), before) is Likeness.EQUAL
    assert likeness(failure(FLOATS, category=category, expected="x as it was"), before) is Likeness.DIFFERENT


@pytest.mark.parametrize("category", ["dtype", "not-finite"])
def test_wrong_dtype_hides_the_values(category):
    assert likeness(failure(FLOATS, category=category), failure(FLOATS)) is Likeness.HIDDEN
    assert likeness(failure(FLOATS), failure(FLOATS, category=category)) is Likeness.DIFFERENT


def raised(text):
    """An exception of a submission, as it comes across the boundary."""
    return RaisedFault("raised", called="f", got=text, expected="a value", actual=(text.partition(":")[0],))


def test_exception_across_the_boundary_equals_the_one_in_this_process():
    across = raised("ValueError: shapes (4,3) (2,)\nlayers.py, line 7, in forward: return x @ w")
    assert likeness(across, ValueError("shapes (4,3) (2,)")) is Likeness.EQUAL
    assert likeness(raised("ValueError: shapes (4,3) (2,)"), ValueError("shapes (4,3) (2,)")) is Likeness.EQUAL
    assert likeness(raised("ValueError: shapes (4,3) (2,) x"), ValueError("shapes (4,3) (2,)")) is Likeness.SAME_KIND
    assert likeness(across, TypeError("shapes (4,3) (2,)")) is Likeness.DIFFERENT


def test_stub_and_lost_worker_match_no_exception():
    stub = NotImplementedFault("not-implemented", got="NotImplementedError: TODO", actual=("NotImplementedError",))
    late = TimeoutFault("time-out", got="no answer within the time limit")
    for fault in (stub, late):
        assert likeness(fault, ValueError("TODO")) is Likeness.DIFFERENT
    assert observe(NotImplementedError("TODO")).category == "not-implemented"
