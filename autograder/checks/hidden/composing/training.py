"""Trainings whose every step is known, from first weights that are drawn afresh and known to lead to the goal."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from checkkit import expect_array

from .judge import Composition, Make
from .stacks import Array, Options, OwnStack, by_layer

CLEARLY = 0.45  # a prediction this near to its target stays on the right side of 1/2, however the last digits fall


class Training(NamedTuple):
    """A training whose every step is known: data, first weights, options, and the reference's weights at some epochs."""

    x: Array
    target: Array
    start: Sequence[Array]
    options: Options
    right: Mapping[int, Sequence[Array]]
    epochs: int

    def follow(self, make: Make, rtol: float) -> None:
        """Fail unless a stack takes the reference's steps, as far as they are known."""
        stack = make(self.start, self.options)
        for epoch in range(1, max(self.right) + 1):
            stack.step(self.x, self.target)
            if epoch in self.right:
                got, right = by_layer("", stack.parameters()), by_layer("", self.right[epoch])
                for name, first in by_layer("", self.start).items():
                    # the change is what training has made; next to the weights themselves it can be small
                    call = f"the change of the {name} after {epoch} steps"
                    expect_array(got[name] - first, right[name] - first, call=call, rtol=rtol)

    def accuracy(self, make: Make) -> float:
        """Train a stack to the end and count the points that it gets right."""
        stack = make(self.start, self.options)
        for _ in range(self.epochs):
            stack.step(self.x, self.target)
        return float(np.mean((stack.predict(self.x) > 0.5) == (self.target > 0.5)))


def draw_parameters(rng: np.random.Generator, sizes: Sequence[int]) -> list[Array]:
    """Weights and biases of the layers of a network, at the scale that suits a sigmoid."""
    arrays: list[Array] = []
    for inputs, outputs in itertools.pairwise(sizes):
        arrays += [rng.normal(size=(inputs, outputs)) * 2 / np.sqrt(inputs), 0.5 * rng.normal(size=outputs)]
    return arrays


def known_training(
    composition: Composition,
    rng: np.random.Generator,
    sizes: Sequence[int],
    points: tuple[Array, Array],
    options: Options,
    *,
    known: Sequence[int],
) -> Training:
    """Draw first weights, and follow the reference from them to the last of the epochs that are ``known``."""
    return _followed(composition, draw_parameters(rng, sizes), points, options, known, max(known))[0]


def plan_training(
    composition: Composition,
    rng: np.random.Generator,
    sizes: Sequence[int],
    draw_points: Callable[[], tuple[Array, Array]],
    options: Options,
    *,
    known: Sequence[int],
    epochs: int,
    share: float,
) -> Training:
    """Draw points and first weights with which the reference, after ``epochs``, is clearly right on this share of the points.

    The training keeps the reference's parameters after the epochs that are ``known``.
    """
    for _ in range(50):
        training, stack = _followed(composition, draw_parameters(rng, sizes), draw_points(), options, known, epochs)
        if np.mean(np.abs(stack.predict(training.x) - training.target) < CLEARLY) >= share:
            return training
    raise RuntimeError(f"the reference does not learn this within {epochs} epochs from any of 50 starts")


def _followed(
    composition: Composition,
    start: Sequence[Array],
    points: tuple[Array, Array],
    options: Options,
    known: Sequence[int],
    epochs: int,
) -> tuple[Training, OwnStack]:
    """Train the reference, keep what is to be known of it, and return it as well."""
    stack = composition.right(start, options)
    right = {}
    for epoch in range(1, epochs + 1):
        stack.step(*points)
        if epoch in known:
            right[epoch] = stack.parameters()
    return Training(*points, start, options, right, epochs), stack
