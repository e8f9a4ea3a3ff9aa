"""How a wrong array relates to the right one, in words; and derivatives by differences."""

from __future__ import annotations

import numpy as np
import pytest

from gradekit.checkkit import central_difference, describe_relation, own_or_right, stands_in

RIGHT = np.array([[1.0, -2.0, 4.0], [0.5, 3.0, -1.0]])
SQUARE = np.array([[1.0, 2.0], [5.0, -3.0]])


@pytest.mark.parametrize(
    ("got", "relation"),
    [
        (RIGHT * 2, "It is exactly twice the expected value."),
        (RIGHT / 2, "It is exactly half the expected value."),
        (-RIGHT / 2, "It is exactly half the negative of the expected value."),
        (RIGHT * 7, "It is exactly 7 times too large."),
        (RIGHT * 3.5, "It is exactly 3.5 times too large."),
        (RIGHT / 7, "It is exactly 7 times too small."),
        (-RIGHT * 7, "It is exactly 7 times too large, and negated."),
        (RIGHT * 2 / 7, "It is exactly 2/7 of the expected value."),
        (-RIGHT, "It is negated: the right size, the wrong sign."),
        (RIGHT * np.pi, "It is 3.14159 times the expected value in every element."),
        (RIGHT * 0, "It is zero everywhere."),
        (RIGHT + 0.25, "It is off by the same amount, 0.25, in every element."),
        (RIGHT * 0 + 0.25, "It has the same value in every element."),
        (RIGHT[::-1], "Its rows are the expected ones in reversed order."),
        (RIGHT.T, "It is the transpose of the expected array."),
        (RIGHT.ravel(), "The numbers are right, only the shape is not."),
        (np.array(RIGHT.sum()), "It is the sum of all elements of the expected array: summed over too many axes."),
        (
            np.array([RIGHT.mean()]),
            "It is the mean of all elements of the expected array: averaged over too many axes.",
        ),
        (RIGHT**2, ""),
        (RIGHT + np.eye(2, 3) * 1e-6, ""),
        (RIGHT * np.nan, ""),
        (np.zeros((0, 3)), ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_relation_to_the_expected_array(got, relation):
    assert describe_relation(got, RIGHT) == relation


def test_square_transposes_are_recognised():
    assert describe_relation(SQUARE.T, SQUARE) == "It is the transpose of the expected array."


def test_missing_sum_over_the_batch_is_recognised():
    assert describe_relation(RIGHT, RIGHT.sum(axis=0)) == (
        "Its sum over the rows (the samples of the batch) is the expected array."
    )
    assert describe_relation(RIGHT, RIGHT.mean(axis=0)) == (
        "Its mean over the rows (the samples of the batch) is the expected array."
    )


def test_input_that_came_back_is_named():
    assert describe_relation(RIGHT, RIGHT * 2, {"z": RIGHT + 1, "x": RIGHT}) == "It is the same as x."


def test_single_precision_is_compared_as_such():
    right = RIGHT.astype(np.float32)
    assert describe_relation(right / np.float32(7), right) == "It is exactly 7 times too small."


@pytest.mark.parametrize(
    ("got", "relation"),
    [
        (6.0, "It is exactly 3 times too large."),
        (np.float64(1.0), "It is exactly half the expected value."),
        (2.7, ""),
    ],
)
def test_relation_of_single_numbers_needs_a_simple_factor(got, relation):
    assert describe_relation(got, 2.0) == relation


def test_relation_to_zeros_is_unknown():
    assert describe_relation(RIGHT, RIGHT * 0) == ""


def test_central_difference_is_the_gradient():
    point = np.array([[0.3, -1.2], [2.0, 0.7]])
    gradient = central_difference(lambda x: float(np.sum(np.sin(x) * x)), point)
    assert np.allclose(gradient, np.cos(point) * point + np.sin(point), rtol=1e-9, atol=1e-9)
    assert point[0, 0] == 0.3


def test_own_function_stands_in_for_the_right_one():
    point = np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -2.0]])
    right = 1 / (1 + np.exp(-point))
    assert np.array_equal(own_or_right(np.tanh, point, right), np.tanh(point))


@pytest.mark.parametrize(
    "function",
    [
        lambda z: z,
        lambda z: -3 * z + 1,
        np.zeros_like,
        np.ones_like,
        lambda _: None,
        lambda z: z[0],
        lambda z: np.tanh(z).astype(np.float32),
        lambda z: np.log(z - 100),
        lambda _: 1 / 0,
    ],
)
def test_what_is_no_function_does_not_stand_in(function):
    point = np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -2.0]])
    right = 1 / (1 + np.exp(-point))
    with np.errstate(all="ignore"):
        assert own_or_right(function, point, right) is right


def test_own_function_gets_a_copy():
    point = np.array([[0.5, -1.0, 2.0]])
    own_or_right(lambda z: z.__imul__(0), point, point)
    assert point[0, 0] == 0.5
    assert not stands_in(point, point, point)
