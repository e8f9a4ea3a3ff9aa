# ## Many runs at once (given)
#
# On 21 points a training step is so little work that most of its time goes into calling NumPy. So
# the runs from several seeds are trained together: every array gets a first axis, one entry per
# run, and one call does the step of all of them. The activations and the optimizer are your own,
# for they work on every element alone; only the linear layer is written again with the further
# axis.

import itertools
from dataclasses import dataclass

import numpy as np

from experiments_parts import ACTIVATIONS, INITIALISATIONS, quiet
from network import Network
from optimizers import SGD


class StackedLinear:
    """The linear layers of several runs: weight (runs, in, out), bias (runs, 1, out), x (runs, N, in)."""

    def __init__(self, weight):
        self.weight = weight
        self.bias = np.zeros((len(weight), 1, weight.shape[2]))

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.x.swapaxes(1, 2) @ grad_output
        self.grad_bias = grad_output.sum(axis=1, keepdims=True)
        return grad_output @ self.weight.swapaxes(1, 2)


# ### A recipe, and the training of all its runs

# What backward starts from, given the differences ŷ - y of a batch (runs, N, 1).
GRADIENTS = {
    "mean of squares": lambda difference: 2 * difference / difference.shape[1],
    "mean of half squares": lambda difference: difference / difference.shape[1],
    "sum of half squares": lambda difference: difference,
}


@dataclass(frozen=True)
class Recipe:
    """All that one training needs. `past_output`: ŷ - y is taken for the gradient below the output's activation."""

    problem: str
    lr: float
    epochs: int
    hidden: tuple[int, ...] = (4, 4)
    activation: str = "sigmoid"
    output: str = "sigmoid"
    bias: bool = True
    weights: str = "normal(0, 1)"
    momentum: float = 0.0
    gradient: str = "mean of squares"
    past_output: bool = False
    one_by_one: bool = True  # a step for every sample, in their order; False: one for all of them

    def shares_steps_with(self, other):
        """Whether runs of both can be trained together: they differ in lr, momentum and first weights at most."""
        apart = {"lr": 0.0, "momentum": 0.0, "weights": ""}
        return {**vars(self), **apart} == {**vars(other), **apart}

    def steps(self, points):
        """How often the weights change in training on so many points."""
        return self.epochs * (points if self.one_by_one else 1)


def stack(recipes, seeds, inputs):
    """The layers for all runs, recipe by recipe and seed by seed, with the same draws as one run alone."""
    widths = [inputs, *recipes[0].hidden, 1]
    drawn = []
    for recipe, seed in itertools.product(recipes, seeds):
        rng = np.random.default_rng(seed)
        drawn.append([INITIALISATIONS[recipe.weights](n, m, rng) for n, m in itertools.pairwise(widths)])
    layers = []
    kinds = [recipes[0].activation] * len(recipes[0].hidden) + [recipes[0].output]
    for weights, kind in zip(zip(*drawn, strict=True), kinds, strict=True):
        layers.append(StackedLinear(np.stack(weights)))
        if ACTIVATIONS[kind] is not None:
            layers.append(ACTIVATIONS[kind]())
    return layers


def train_together(recipes, seeds, data, progress=quiet):
    """Train all runs of recipes that share their steps.

    Arguments
        recipes: sequence of Recipe. seeds: sequence of int.
        data: for every seed points (N, 2) and labels (N, 1).
        progress: called after every epoch with (epochs done, epochs).

    Returns
        loss, accuracy: arrays (recipes, seeds, epochs + 1), before the first epoch and after each, over
        all N samples: the mean square error (half of it where the recipe's gradient says so), and the
        share that is right.
    """
    first = recipes[0]
    if not all(first.shares_steps_with(recipe) for recipe in recipes):
        raise ValueError("these recipes differ in more than lr, momentum and weights")
    x, y = (np.concatenate([np.stack(arrays)] * len(recipes)) for arrays in zip(*data, strict=True))
    layers = stack(recipes, seeds, x.shape[2])
    whole, learning = Network(layers), Network(layers[:-1] if first.past_output else layers)
    linear = [layer for layer in layers if isinstance(layer, StackedLinear)]
    names = ("weight", "bias") if first.bias else ("weight",)
    per_run = {
        name: np.repeat([getattr(recipe, name) for recipe in recipes], len(seeds))[:, np.newaxis, np.newaxis]
        for name in ("lr", "momentum")
    }
    optimizer = SGD([getattr(layer, name) for layer in linear for name in names], **per_run)
    samples = [slice(i, i + 1) for i in range(x.shape[1])] if first.one_by_one else [slice(None)]
    gradient = GRADIENTS[first.gradient]
    scale = 0.5 if "half" in first.gradient else 1.0
    loss, accuracy = np.empty((2, len(x), first.epochs + 1))
    with np.errstate(all="ignore"):  # a run that diverges is a result, and shows as nan
        for epoch in range(first.epochs + 1):
            prediction = whole.forward(x)
            loss[:, epoch] = scale * np.mean((prediction - y) ** 2, axis=(1, 2))
            accuracy[:, epoch] = np.mean((prediction > 0.5) == (y > 0.5), axis=(1, 2))
            progress(epoch, first.epochs)
            if epoch == first.epochs:
                break
            for batch in samples:
                difference = whole.forward(x[:, batch]) - y[:, batch]
                learning.backward(gradient(difference))
                optimizer.step([getattr(layer, f"grad_{name}") for layer in linear for name in names])
    shape = (len(recipes), len(seeds), first.epochs + 1)
    return loss.reshape(shape), accuracy.reshape(shape)
