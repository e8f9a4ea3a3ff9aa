"""The classifier's checks, on the embedded digits and with classifiers that take milliseconds."""

from __future__ import annotations

import numpy as np
import pytest
from check_runs import embedded_digits, replaced, run

from gradekit.checkkit import CheckFailure

LADDER, CONCEPT, PUBLIC = "test_mnist_ladder", "test_mnist_secret_concept", "test_mnist_predictions"

# least squares on random features: honest, quick, and good enough for the upper rungs
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


def classify(code: str, check: str, seed: int = 0):
    """Run one of the classifier's checks on this `classifier.py`."""
    return run(replaced(classifier=code), check, seed, data=embedded_digits())


@pytest.mark.parametrize("check", [LADDER, CONCEPT, PUBLIC])
def test_honest_classifier_passes(check):
    result = classify(HONEST, check)
    assert result.error is None
    assert result.flags == []


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
    assert len(result.flags) == 1
    assert "has not learned" in result.flags[0]
