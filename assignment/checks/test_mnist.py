import functools

import numpy as np
from checkkit import CheckFailure, require_callable, require_labels

TRAIN, TEST = 600, 50


@functools.lru_cache(maxsize=1)
def first_images(data, folder):
    """A few images and their digits, to learn from and to test with; read once."""
    digits = data.load_images(folder or None, download=False)
    images = digits.train_images[:TRAIN].copy()
    images.setflags(write=False)
    return (
        images,
        digits.train_labels[:TRAIN].copy(),
        digits.test_images[:TEST].copy(),
        digits.test_labels[:TEST].copy(),
    )


def test_mnist_predictions(lab, data, rng, settings):
    """fit_mnist returns a predict that works for batches of every size, and has learned something from 600 images."""
    images, digits, test, test_digits = first_images(data, settings["mnist_folder"])
    numbering = rng.permutation(10)  # the classes are numbered anew, as in the grader

    predict = require_callable(
        lab.fit_mnist(images, numbering[digits], seed=0), call="fit_mnist(images, labels, seed=0)"
    )
    found = require_labels(predict(test), TEST, call=f"predict(images) for {TEST} images")
    single = [require_labels(predict(test[i : i + 1]), 1, call="predict(images) for 1 image")[0] for i in range(5)]
    if not np.array_equal(single, found[:5]):
        raise CheckFailure(
            "value",
            called="predict(images) for one image at a time",
            got=f"{np.array(single)}",
            expected=f"{found[:5]}, as in a batch of {TEST}",
            advice="What predict says of an image must not depend on the other images of the batch.",
        )
    accuracy = float(np.mean(found == numbering[test_digits]))
    if not accuracy >= settings["mnist_public_accuracy"]:
        raise CheckFailure(
            "accuracy",
            called=f"predict(images) after fit_mnist on {TRAIN} images",
            got=f"{accuracy:.0%} of {TEST} test images right",
            expected=f"at least {settings['mnist_public_accuracy']:.0%}",
            advice="The classes have other numbers than the digits: learn them from labels.",
        )
