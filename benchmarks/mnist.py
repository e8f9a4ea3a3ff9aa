"""One MNIST epoch of the reference's layers against scikit-learn and PyTorch: the same network, batch size, dtype, one thread."""

import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gradekit.course import Course
from gradekit.modules import PublicNames, SourceModules

COURSE = Course.find(Path(__file__).parent)
LR, MOMENTUM, ROUNDS = 0.5, 0.9, 3
SIZES = ((64, 16), (256, 128))  # hidden units and batch: small steps, and those of solution/classifier.py


def measure() -> Iterator[tuple[str, ...]]:
    """Yield a row per library that is installed; a missing one is named."""
    images = COURSE.load_datasets().load_images(require_mnist=True)
    x, labels = images.train_images, images.train_labels
    rivals: dict[str, Callable[[Any, Any, int, int], Callable[[], None]]] = {"sklearn": scikit_learn, "torch": pytorch}
    for name, make in rivals.items():
        try:
            importlib.import_module(name)
        except ImportError:
            sys.stderr.write(f"{name} is not installed: make bench installs it\n")
            continue
        for hidden, batch in SIZES:
            ours, theirs = best(reference(x, labels, hidden, batch), make(x, labels, hidden, batch))
            yield (
                f"MNIST epoch, 784-{hidden}-10, batch {batch}, float32",
                f"{ours:.2f} s",
                f"{name}, one thread",
                f"{theirs:.2f} s",
                f"{theirs / ours:.1f}×",
                "2× (torch)",
            )


def best(*epochs: Callable[[], None]) -> list[float]:
    """Return the shortest time of each, measured in turn so that both see the same noise."""
    times: list[list[float]] = [[] for _ in epochs]
    for _ in range(ROUNDS):
        for epoch, found in zip(epochs, times, strict=True):
            started = time.perf_counter()
            epoch()
            found.append(time.perf_counter() - started)
    return [min(found) for found in times]


def reference(x: Any, labels: Any, hidden: int, batch: int) -> Callable[[], None]:
    """Return one epoch of the reference: sigmoid, mean squared error, SGD with momentum."""
    lab = PublicNames(SourceModules(COURSE.reference_sources()), COURSE.public_names())
    rng = np.random.default_rng(0)
    layers = [lab["Linear"](784, hidden, rng), lab["Sigmoid"](), lab["Linear"](hidden, 10, rng), lab["Sigmoid"]()]
    for layer in layers[::2]:
        layer.weight, layer.bias = layer.weight.astype(np.float32), layer.bias.astype(np.float32)
    network, loss = lab["Network"](layers), lab["MSELoss"]()
    optimizer = lab["SGD"](network.parameters(), lr=LR, momentum=MOMENTUM)
    target = np.eye(10, dtype=np.float32)[labels]

    def epoch() -> None:
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            loss.forward(network.forward(x[rows]), target[rows])
            network.backward(loss.backward())
            optimizer.step(network.gradients())

    return epoch


def scikit_learn(x: Any, labels: Any, hidden: int, batch: int) -> Callable[[], None]:
    """Return one epoch of MLPClassifier (logistic; its loss is the cross-entropy, the cost of a step is the same)."""
    from sklearn.neural_network import MLPClassifier

    def epoch() -> None:
        model = MLPClassifier(
            (hidden,),
            activation="logistic",
            solver="sgd",
            batch_size=batch,
            max_iter=1,
            momentum=MOMENTUM,
            nesterovs_momentum=False,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(x, labels)

    return epoch


def pytorch(x: Any, labels: Any, hidden: int, batch: int) -> Callable[[], None]:
    """Return one epoch of the same network in PyTorch."""
    import torch

    torch.set_num_threads(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, hidden), torch.nn.Sigmoid(), torch.nn.Linear(hidden, 10), torch.nn.Sigmoid()
    )
    loss, optimizer = torch.nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=LR, momentum=MOMENTUM)
    inputs, target = torch.from_numpy(x), torch.eye(10)[torch.from_numpy(labels)]

    def epoch() -> None:
        order = torch.randperm(len(inputs))
        for start in range(0, len(inputs), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            loss(model(inputs[rows]), target[rows]).backward()
            optimizer.step()

    return epoch
