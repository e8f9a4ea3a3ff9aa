"""The classifier's checks, on the embedded digits and with classifiers that take milliseconds."""

from __future__ import annotations

import numpy as np
import pytest
from check_runs import embedded_digits, replaced, run

from gradekit.checkkit import CheckFailure

LADDER, CONCEPT, PUBLIC = "test_mnist_ladder", "test_mnist_secret_concept", "test_mnist_predictions"

# least squares on random features: quick, and good enough for the upper rungs
HONEST = """
import numpy as np

def features(images, projection):
    return np.tanh(images @ projection)

def fit_mnist(images, labels, *, seed):
    assert not images.flags.writeable and images.dtype == np.float32 and labels.dtype == np.int64
    projection = np.random.default_rng(seed).normal(size=(784, 400)).astype(np.float32) / 10
    known = features(images, projection)
    weights = np.linalg.solve(known.T @ known + 0.1 * np.eye(400), known.T @ np.eye(10)[labels])

    def predict(images):
        return np.argmax(features(images, projection) @ weights, axis=1)

    return predict
"""

# one layer of the hand-in's own parts
NETWORK = """
import numpy as np
from activations import Sigmoid
from layers import Linear
from losses import MSELoss
from network import Network
from optimizers import SGD

def fit_mnist(images, labels, *, seed):
    layer = Linear(784, 10, np.random.default_rng(seed))
    layer.weight, layer.bias = np.zeros((784, 10)), np.full(10, np.log(1 / 9))
    network = Network([layer, Sigmoid()])
    loss, optimizer = MSELoss(), SGD(network.parameters(), lr=2.0, momentum=0.9)
    for _ in range(200):
        loss.forward(network.forward(images.astype(float)), np.eye(10)[labels])
        network.backward(loss.backward())
        optimizer.step(network.gradients())
    return lambda images: network.forward(images.astype(float)).argmax(axis=1)
"""

# a network of its own making, which uses nothing of the hand-in's other files
OWN_LAYERS = """
import numpy as np

def fit_mnist(images, labels, *, seed):
    weight, target = np.zeros((784, 10)), np.eye(10)[labels]
    for _ in range(200):
        logits = images @ weight
        share = np.exp(logits - logits.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        weight -= images.T @ (share - target) / len(images)
    return lambda images: (images @ weight).argmax(axis=1)
"""


def classify(code: str, check: str, seed: int = 0):
    """Run one of the classifier's checks on this `classifier.py`."""
    return run(replaced(classifier=code), check, seed, data=embedded_digits())


@pytest.mark.parametrize("check", [LADDER, CONCEPT, PUBLIC])
def test_honest_classifier_passes(check):
    result = classify(NETWORK, check)
    assert result.error is None
    assert result.flags == []


@pytest.mark.parametrize("code", [HONEST, OWN_LAYERS], ids=["least squares", "own layers"])
@pytest.mark.parametrize("parts", ["there", "missing"])
def test_a_classifier_that_uses_nothing_of_the_hand_in_is_flagged_and_paid(code, parts):
    files = {"layers": ""} if parts == "missing" else {}
    result = run(replaced(classifier=code, **files), CONCEPT, data=embedded_digits())
    assert result.error is None
    assert [flag.partition(":")[0] for flag in result.flags] == [
        "fit_mnist learns just as well while Linear.backward is switched off"
    ]


def test_backward_is_switched_on_again():
    lab = replaced(classifier=NETWORK)
    own = lab.Linear.backward
    assert run(lab, CONCEPT, data=embedded_digits()).flags == []
    assert lab.Linear.backward is own


def test_a_classifier_that_hides_its_exceptions_learns_nothing_and_is_not_flagged():
    hiding = NETWORK.replace("        network.backward(", "        try: network.backward(").replace(
        "loss.backward())\n", "loss.backward())\n        except Exception: continue\n"
    )
    assert "except Exception: continue" in hiding
    assert classify(hiding, CONCEPT).flags == []


def test_accuracy_is_counted_by_the_check_and_named_with_its_data():
    accuracy, data = classify(HONEST, LADDER).measures["accuracy"]
    assert data == "digits"
    assert 0.9 < accuracy < 1


def test_labels_as_a_list_of_integers_are_accepted():
    assert (
        classify(
            HONEST.replace("return np.argmax(", "return list(map(int, np.argmax(").replace("axis=1)", "axis=1)))"),
            LADDER,
        ).error
        is None
    )


@pytest.mark.parametrize(
    ("change", "category"),
    [
        (("axis=1)", "axis=1).astype(float)"), "type"),
        (("axis=1)", "axis=1)[:, None]"), "shape"),
        (("axis=1)", "axis=1)[:-1]"), "shape"),
        (("return predict\n", "return None\n"), "type"),
        (("axis=1)", "axis=1) + len(images) % 2"), "state"),
        (("axis=1)", "axis=1) * 0"), "accuracy"),
    ],
)
def test_predictions_that_break_the_contract_fail(change, category):
    result = classify(HONEST.replace(*change), LADDER)
    assert result.error is not None
    assert getattr(result.error, "category", None) == category


def test_classes_are_numbered_anew():
    learned_by_heart = """
import numpy as np
from _lab_datasets import digits

def fit_mnist(images, labels, *, seed):
    known, classes, _, _ = digits.load()
    def predict(images):
        return classes[np.argmin((known**2).sum(1) - 2 * images @ known.T, axis=1)]
    return predict
"""
    result = classify(learned_by_heart, LADDER)
    assert isinstance(result.error, CheckFailure)
    assert result.error.category == "accuracy"
    assert result.measures["accuracy"][0] < 0.5


def test_test_images_are_not_those_of_the_file():
    seen = """
import numpy as np

images_seen = []

def fit_mnist(images, labels, *, seed):
    def predict(images):
        images_seen.append(images.copy())
        return np.zeros(len(images), int)
    return predict
"""
    lab = replaced(classifier=seen)
    run(lab, LADDER, data=embedded_digits())
    images = lab.fit_mnist.__globals__["images_seen"][0]
    original = embedded_digits().load_images().test_images[: len(images)]
    assert images.dtype == np.float32
    assert images.min() >= 0
    assert images.max() <= 1
    assert not (images == original).all(axis=1).any()
    assert np.abs(images - original).max() < 0.08


STORED_WEIGHTS = """
import numpy as np
from _lab_datasets import digits

def fit_mnist(images, labels, *, seed):
    known, classes, test, test_classes = digits.load()
    known, classes = np.concatenate([known, test]), np.concatenate([classes, test_classes])
    def digit(images):
        return classes[np.argmin((known**2).sum(1) - 2 * images @ known.T, axis=1)]
    found = digit(images)
    names = np.array([np.bincount(labels[found == d], minlength=10).argmax() for d in range(10)])
    return lambda images: names[digit(images)]
"""


@pytest.mark.parametrize("seed", range(3))
def test_stored_weights_with_realigned_labels_are_flagged(seed):
    assert classify(STORED_WEIGHTS, LADDER, seed).measures["accuracy"][0] > 0.95
    result = classify(STORED_WEIGHTS, CONCEPT, seed)
    assert result.error is None
    assert len(result.flags) == 2
    assert "has not learned" in result.flags[0]
    assert "switched off" in result.flags[1]
