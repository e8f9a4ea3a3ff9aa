"""Comparisons: what passes, what fails with which category, and the text that a student reads."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from gradekit.checkkit import (
    CheckFailure,
    expect_array,
    expect_kept,
    expect_scalar,
    expect_unchanged,
    mismatch,
    require_array,
    require_labels,
    require_number,
)

RIGHT = np.array([[1.0, 2.0], [3.0, 4.0]])


class Proxy:
    """What stands for an object across the boundary: it names itself, and nothing else may be asked of it."""

    def __repr__(self):
        return "<Matrix object>"

    def __getattr__(self, name):
        raise AttributeError(name) if name.startswith("__") else RuntimeError(f"asked for {name}")


class Subclass(np.ndarray):
    """An array that claims to be equal to everything."""

    def __eq__(self, other):
        return np.ones(self.shape, bool)

    __hash__ = None


def failure_of(function, *args, **kwargs) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        function(*args, **kwargs)
    return caught.value


def text(function, *args, **kwargs) -> str:
    return str(failure_of(function, *args, **kwargs))


def lines(expected: str) -> str:
    return textwrap.dedent(expected).strip("\n")


@pytest.mark.parametrize("got", [RIGHT, RIGHT.copy("F"), RIGHT[::-1][::-1], RIGHT * (1 + 1e-12)])
def test_equal_arrays_pass(got):
    assert mismatch(got, RIGHT, rtol=1e-9) is None


@pytest.mark.parametrize(
    ("got", "category"),
    [
        (None, "type"),
        (RIGHT.tolist(), "type"),
        (1.0, "type"),
        (np.float64(1.0), "type"),
        (RIGHT.view(Subclass), "type"),
        (Proxy(), "type"),
        (RIGHT[0], "shape"),
        (RIGHT[np.newaxis], "shape"),
        (np.zeros((0, 2)), "shape"),
        (np.array(1.0), "shape"),
        (np.ones((1, 1)), "shape"),
        (RIGHT.astype(np.float32), "dtype"),
        (RIGHT.astype(np.int64), "dtype"),
        (RIGHT.astype(complex), "dtype"),
        (RIGHT.astype(object), "dtype"),
        (np.where(RIGHT > 3, np.nan, RIGHT), "not-finite"),
        (np.where(RIGHT > 3, np.inf, RIGHT), "not-finite"),
        (np.full((2, 2), np.nan), "not-finite"),
        (RIGHT * (1 + 1e-8), "value"),
        (RIGHT + np.array([[0, 0], [0, 1e-7]]), "value"),
        (RIGHT * 1e307, "value"),
        (RIGHT * 0, "value"),
    ],
)
def test_other_results_fail(got, category):
    found = mismatch(got, RIGHT, rtol=1e-9)
    assert found is not None
    assert found.category == category


def test_tolerance_is_relative_to_the_expected_array():
    assert mismatch(RIGHT * 1e-9, RIGHT * 2e-9, rtol=1e-9) is not None
    assert mismatch(np.full((2, 2), 1e-300), np.full((2, 2), 2e-300), rtol=1e-9) is not None


def test_expected_zeros_need_exact_zeros():
    assert mismatch(np.zeros(3), np.zeros(3), rtol=1e-9) is None
    assert mismatch(np.full(3, 1e-300), np.zeros(3), rtol=1e-9) is not None


def test_absolute_tolerance_is_per_element():
    expected = np.array([0.0, 1.0])
    assert mismatch(expected + 0.9e-9, expected, rtol=0.0, atol=1e-9) is None
    assert mismatch(expected + np.array([0, 1.1e-9]), expected, rtol=0.0, atol=1e-9) is not None


@pytest.mark.parametrize("expected", [np.zeros((0, 2)), np.array([np.nan]), np.array([np.inf])])
def test_check_that_expects_nothing_comparable_is_a_mistake_of_the_check(expected):
    with pytest.raises(ValueError, match="must expect"):
        mismatch(expected, expected, rtol=1e-9)


def test_boolean_and_integer_arrays_are_compared():
    assert mismatch(np.array([True, False]), np.array([True, False]), rtol=0.0) is None
    assert mismatch(np.array([True, True]), np.array([True, False]), rtol=0.0) is not None
    assert mismatch(np.array([1, 2]), np.array([1, 3]), rtol=1e-9) is not None


@pytest.mark.parametrize("got", [2.5, np.float64(2.5), np.float32(2.5)])
def test_numbers_pass_without_remark(got):
    assert expect_scalar(got, 2.5, call="f(x)", rtol=1e-9) == ""


def test_array_without_dimensions_passes_with_a_remark():
    assert "without dimensions" in expect_scalar(np.array(2.5), 2.5, call="f(x)", rtol=1e-9)


@pytest.mark.parametrize(
    ("got", "category"),
    [
        (None, "type"),
        (True, "type"),
        ("2.5", "type"),
        (2.5 + 0j, "type"),
        ([2.5], "type"),
        (Proxy(), "type"),
        (np.array(2), "type"),
        (np.array([2.5]), "shape"),
        (np.array([[2.5]]), "shape"),
        (float("nan"), "not-finite"),
        (np.float64("inf"), "not-finite"),
        (2.5000001, "value"),
        (-2.5, "value"),
    ],
)
def test_other_numbers_fail(got, category):
    assert failure_of(expect_scalar, got, 2.5, call="f(x)", rtol=1e-9).category == category


def test_changed_argument_fails():
    failure = failure_of(expect_unchanged, "x", RIGHT, RIGHT + 1, call="f(x)")
    assert failure.category == "argument-changed"
    expect_unchanged("x", RIGHT, RIGHT.copy(), call="f(x)")


def test_changed_result_of_an_earlier_call_fails():
    assert failure_of(expect_kept, "the first result", RIGHT, RIGHT + 1, call="f(x)").category == "state"
    expect_kept("the first result", RIGHT, RIGHT.copy(), call="f(x)")


@pytest.mark.parametrize("after", [None, RIGHT[0], RIGHT.astype(np.float32), Proxy(), RIGHT.view(Subclass)])
def test_argument_that_has_become_something_else_fails(after):
    assert failure_of(expect_unchanged, "x", RIGHT, after, call="f(x)").category == "argument-changed"


def test_numbers_are_unchanged_when_equal():
    expect_unchanged("n", 3, 3, call="f(n)")
    assert failure_of(expect_unchanged, "n", 3, 3.0, call="f(n)").category == "argument-changed"


def test_required_array_is_a_copy():
    copy = require_array(RIGHT, (2, 2), call="f(x)")
    copy[0, 0] = 7
    assert RIGHT[0, 0] == 1


@pytest.mark.parametrize(
    ("got", "category"),
    [
        (None, "type"),
        (RIGHT.astype(int), "type"),
        (RIGHT[0], "shape"),
        (RIGHT * np.nan, "not-finite"),
        (Proxy(), "type"),
    ],
)
def test_unusable_array_is_refused(got, category):
    assert failure_of(require_array, got, (2, 2), call="f(x)").category == category


@pytest.mark.parametrize("got", [1.5, np.float32(1.5), np.array(1.5)])
def test_required_number_is_a_float(got):
    number = require_number(got, call="f(x)")
    assert type(number) is float
    assert number == 1.5


@pytest.mark.parametrize(
    ("got", "category"),
    [
        (None, "type"),
        (Proxy(), "type"),
        (RIGHT[0], "type"),
        (np.array([1.5]), "type"),
        (np.array(2), "type"),
        (float("inf"), "not-finite"),
    ],
)
def test_unusable_number_is_refused(got, category):
    assert failure_of(require_number, got, call="f(x)").category == category


@pytest.mark.parametrize("got", [np.array([1, 2]), np.array([1, 2], np.uint8), [1, 2], (1, 2)])
def test_labels_are_integers(got):
    labels = require_labels(got, 2, call="predict(x)")
    assert labels.dtype == np.int64
    assert labels.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("got", "category"),
    [
        (np.array([1.0, 2.0]), "type"),
        (np.array([True, False]), "type"),
        ([1.0, 2.0], "type"),
        ([1], "shape"),
        (np.array([[1, 2]]), "shape"),
        (None, "type"),
        (Proxy(), "type"),
    ],
)
def test_other_labels_are_refused(got, category):
    assert failure_of(require_labels, got, 2, call="predict(x)").category == category


def test_text_of_wrong_values():
    got = np.array([[2.0, 4.0], [6.0, 8.0]])
    message = text(
        expect_array, got, RIGHT, call="f(x)", rtol=1e-9, given={"x": np.array([0.5])}, advice="Mean, not sum."
    )
    assert message == lines("""
        f(x) returned wrong values
          given     x = [0.5]
          returned  [[2., 4.],
                     [6., 8.]]
                    element [1, 1] is 8
          expected  [[1., 2.],
                     [3., 4.]]
                    element [1, 1] is 4
          hint      It is exactly twice the expected value. Mean, not sum.
    """)


def test_text_of_a_wrong_shape():
    message = text(expect_array, np.zeros((3, 2)), np.ones((2, 3)), call="f(x)", rtol=1e-9)
    assert message == lines("""
        f(x) returned the wrong shape
          returned  an array of shape (3, 2), float64
          expected  shape (2, 3)
    """)


def test_text_of_a_forgotten_return():
    message = text(expect_array, None, RIGHT, call="f(x)", rtol=1e-9)
    assert message == lines("""
        f(x) returned the wrong type
          returned  None (is a return statement missing?)
          expected  an array of shape (2, 2), float64
    """)


def test_text_of_a_difference_in_the_last_digits():
    message = text(expect_scalar, 1.00000001, 1.0, call="f(x)", rtol=1e-9)
    assert message == lines("""
        f(x) returned wrong values
          returned  1.00000001
          expected  1.0
    """)


def test_text_of_a_number_that_is_none():
    message = text(expect_array, np.array([1.0, np.nan]), np.array([1.0, 2.0]), call="f(x)", rtol=1e-9)
    assert message == lines("""
        f(x) returned numbers that are not finite
          returned  [ 1., nan]
                    element [1] is nan
          expected  [1., 2.]
                    element [1] is 2
    """)


def test_text_of_a_changed_argument():
    message = text(expect_unchanged, "x", np.array([1.0]), np.array([2.0]), call="f(x)")
    assert message == lines("""
        f(x) changed what it was given
          returned  [2.]
          expected  x as it was before the call
          hint      The call wrote into x. Compute into a new array, or work on a copy.
    """)


def test_inputs_that_are_not_shown_are_named_but_not_printed():
    secret = np.array([0.123456, 0.654321])
    failure = failure_of(expect_array, secret, secret * 3 + 1, call="f(x)", rtol=1e-9, unshown={"x": secret})
    assert failure.advice == "It is the same as x."
    assert failure.called == "f(x)"


def test_object_of_the_other_side_names_itself():
    assert "<Matrix object>" in text(expect_array, Proxy(), RIGHT, call="f(x)", rtol=1e-9)


def test_large_arrays_are_shortened():
    got = np.arange(1000.0)
    failure = failure_of(expect_array, got, got + np.eye(1, 1000, 7)[0], call="f(x)", rtol=1e-9)
    assert failure.got == "[  0.,   1., ..., 998., 999.]\nelement [7] is 7"


def test_failure_keeps_what_came_back():
    failure = failure_of(expect_array, RIGHT[0], RIGHT, call="f(x)", rtol=1e-9)
    assert isinstance(failure, AssertionError)
    assert failure.actual[0] is not None
    assert np.array_equal(failure.actual[0], RIGHT[0])
