"""Hidden check of Task 2, the network in PyTorch: it learns digits. The checks themselves never import PyTorch."""

import numpy as np
from checkkit import CheckFailure, require_callable, require_labels

BATCH = 2500
PREDICT = "predict(images), made by fit_mnist_torch"


def test_torch_ladder(lab, data, rng, settings, measure):
    """fit_mnist_torch learns to tell digits apart: the share of test images that its predict gets right."""
    digits = data.load_images(settings["mnist_folder"] or None, require_mnist=settings["require_mnist"], download=False)
    numbering = rng.permutation(10)
    fitted = lab.fit_mnist_torch(digits.train_images, numbering[digits.train_labels], seed=int(rng.integers(1 << 30)))
    predict = require_callable(fitted, call="fit_mnist_torch(images, labels, seed)")
    batches = [digits.test_images[start : start + BATCH] for start in range(0, len(digits.test_images), BATCH)]
    found = np.concatenate([require_labels(predict(batch), len(batch), call=PREDICT) for batch in batches])
    accuracy = float(np.mean(found == numbering[digits.test_labels]))
    measure("accuracy", accuracy, data=digits.source)
    if not accuracy >= settings["mnist_learned"]:
        raise CheckFailure(
            "accuracy",
            called=f"{PREDICT}, for all test images",
            got=f"{accuracy:.1%} right",
            expected=f"at least {settings['mnist_learned']:.0%}, which is far below the first step of the ladder",
            advice="The classes have other numbers than the digits: learn them from labels.",
            actual=(accuracy,),
        )
