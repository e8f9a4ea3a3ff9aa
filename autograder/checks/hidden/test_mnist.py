import functools

import numpy as np
from checkkit import CheckFailure, require_labels

PARTS = ("Sigmoid", "Linear", "MSELoss", "SGD")
BATCH = 2500
PREDICT = "predict(images), made by fit_mnist"
CONCEPT_TRAIN, CONCEPT_TEST = 6000, 1000
# shares of right answers on digits that were numbered anew and moved apart by a secret bit: who knows digits, but does not
# learn, can guess the bit and be right half of the time
CONCEPT_GAP = 0.40


@functools.lru_cache(maxsize=1)
def load(data, folder, require):
    """The images, read once in a grader process and never written to."""
    images = data.load_images(folder or None, require_mnist=require, download=False)
    for array in images[:4]:
        array.setflags(write=False)
    return images


def digits_of(data, settings):
    """The images that the settings ask for."""
    return load(data, settings["mnist_folder"], settings["require_mnist"])


def redrawn(images, rng):
    """The same pictures, a little paler and with a little noise: no lookup table knows them, every classifier does."""
    gain = rng.uniform(0.95, 1.0, size=(len(images), 1)).astype(np.float32)
    noise = rng.uniform(-0.02, 0.02, size=images.shape).astype(np.float32)
    return np.clip(images * gain + noise, 0, 1)


def predict_all(predict, images):
    """Labels of many images, asked for in batches."""
    parts = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
    return np.concatenate([require_labels(predict(part), len(part), call=PREDICT) for part in parts])


def test_mnist_recipe_step(composition, composing, data, rng, settings):
    """A few steps of a fixed recipe on real images change the weights as they should."""
    digits = digits_of(data, settings)
    chosen = rng.choice(len(digits.train_images), size=16, replace=False)
    x = digits.train_images[chosen].astype(np.float64)
    target = np.eye(10)[digits.train_labels[chosen]]
    training = composing.known_training(
        composition, rng, (784, 16, 10), (x, target), composing.Options(lr=0.5, momentum=0.9), known=(1, 3)
    )
    composition.judge(lambda make: training.follow(make, settings["rtol_trajectory"]), PARTS)


def test_mnist_ladder(lab, data, rng, settings, measure):
    """fit_mnist learns to tell digits apart: the share of test images that its predict gets right."""
    digits = digits_of(data, settings)
    numbering, test = rng.permutation(10), redrawn(digits.test_images, rng)
    seed = int(rng.integers(1 << 30))
    predict = lab.fit_mnist(digits.train_images, numbering[digits.train_labels], seed=seed)
    found = predict_all(predict, test)

    some = rng.choice(len(test), size=40, replace=False)
    answers = {
        "one image at a time": np.concatenate(
            [require_labels(predict(test[i : i + 1]), 1, call=PREDICT) for i in some[:8]]
        ),
        "another batch": require_labels(predict(test[some]), len(some), call=PREDICT),
    }
    for how, labels in answers.items():
        # a tie between two classes may fall either way when a batch is multiplied in another order
        if np.count_nonzero(labels != found[some[: len(labels)]]) > 1:
            raise CheckFailure(
                "state",
                called=f"{PREDICT}, {how}",
                got="other labels for the same images",
                expected="the same labels, whatever else is in the batch",
                advice="What predict says of an image must not depend on the other images of the batch, nor on their order.",
                actual=(labels,),
            )
    measure("accuracy", float(np.mean(found == numbering[digits.test_labels])), data=digits.source)
