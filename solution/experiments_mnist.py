# %% [markdown]
# ## Runs on handwritten digits (given)
#
# What the comparisons on MNIST have in common: a setting, and the training of one run.

# %%
import itertools
from dataclasses import dataclass, replace

import numpy as np
from experiments_curves import Curves

# %% tags=["file-only"]
from experiments_parts import ACTIVATIONS, INITIALISATIONS, quiet
from layers import Linear
from losses import MSELoss, SoftmaxCrossEntropy
from network import Network
from optimizers import SGD
from train import accuracy, fit


# %%
@dataclass(frozen=True)
class DigitsSetting:
    """All that one training on the digits needs; a share `held_out` of its images is for validation instead."""

    hidden: tuple[int, ...] = (128,)
    activation: str = "ReLU"
    weights: str = "He"
    loss: str = "cross-entropy"  # or "squares": sigmoid outputs and the mean squared error
    lr: float = 0.1
    momentum: float = 0.0
    batch_size: int = 64
    epochs: int = 4
    share: float = 1.0  # of the training images, as if there were no more
    held_out: float = 0.0  # 0: the accuracy is that on the test images


@dataclass(frozen=True)
class DigitsExperiment:
    """One question: a title, what all variants share, and what each changes."""

    title: str
    common: DigitsSetting
    variants: dict[str, dict]


DIGITS_EXPERIMENTS = {
    "mnist-depth": DigitsExperiment(
        "Layers of weights, ReLU",
        DigitsSetting(),
        {"2 layers": {}, "3 layers": {"hidden": (128, 64)}, "4 layers": {"hidden": (128, 64, 32)}},
    ),
    "mnist-activation": DigitsExperiment(
        "Activation of one hidden layer of 128 units",
        DigitsSetting(weights="Xavier"),
        {
            "ReLU": {},
            "sigmoid": {"activation": "sigmoid"},
            "sigmoid, squares": {"activation": "sigmoid", "loss": "squares", "lr": 1.0},
        },
    ),
    "mnist-initialisation": DigitsExperiment(
        "First weights of four layers, ReLU",
        DigitsSetting(hidden=(128, 64, 32), epochs=3),
        {name: {"weights": name} for name in ("He", "normal(0, 0.01)", "uniform(-1, 1)", "normal(0, 1)")},
    ),
    "mnist-batch-size": DigitsExperiment(
        "Images in a step",
        DigitsSetting(),
        {f"{size}": {"batch_size": size} for size in (16, 64, 256)},
    ),
    "mnist-epochs": DigitsExperiment(
        "Epochs, with all of the images and with a tenth of them",
        DigitsSetting(epochs=10),
        {"all images": {}, "a tenth": {"share": 0.1}},
    ),
}


# %%
def build_digits(setting, inputs, rng):
    """The network of a setting in float32; its output layer is linear, or a sigmoid for squares."""
    output = "none" if setting.loss == "cross-entropy" else "sigmoid"
    layers = []
    widths = [inputs, *setting.hidden, 10]
    activations = [setting.activation] * len(setting.hidden) + [output]
    for (n, m), activation in zip(itertools.pairwise(widths), activations, strict=True):
        linear = Linear(n, m, rng)
        linear.weight = INITIALISATIONS[setting.weights](n, m, rng).astype(np.float32)
        linear.bias = linear.bias.astype(np.float32)
        layers.append(linear)
        if ACTIVATIONS[activation] is not None:
            layers.append(ACTIVATIONS[activation]())
    return Network(layers)


def split(data, setting):
    """Images and labels to learn from, and images and labels to look at, of `load_images()` data."""
    count = round(len(data.train_images) * setting.share)
    images, labels = data.train_images[:count], data.train_labels[:count]
    if not setting.held_out:
        return images, labels, data.test_images, data.test_labels
    learned = round(len(images) * (1 - setting.held_out))
    return images[:learned], labels[:learned], images[learned:], labels[learned:]


def train_digits(setting, data, seed, report=quiet):
    """The training losses and the accuracies on images not learned from, after every epoch of one run."""
    images, labels, new_images, new_labels = split(data, setting)
    rng = np.random.default_rng(seed)
    network = build_digits(setting, images.shape[1], rng)
    squares = setting.loss == "squares"
    targets = np.eye(10, dtype=np.float32)[labels] if squares else labels
    accuracies = []

    def look(done, total, *_):
        accuracies.append(accuracy(network.forward(new_images), new_labels))
        report(done, total)

    with np.errstate(all="ignore"):  # a run that diverges is a result, and shows as nan
        losses = fit(
            network,
            MSELoss() if squares else SoftmaxCrossEntropy(),
            SGD(network.parameters(), setting.lr, momentum=setting.momentum),
            images,
            targets,
            epochs=setting.epochs,
            batch_size=setting.batch_size,
            rng=rng,
            report=look,
        )
    return losses, accuracies


def run_digits(experiment, data, seeds, show_bar=quiet):
    """The curves of every variant; a variant whose parts are still to do is left out."""
    results = []
    done, total = itertools.count(1), len(experiment.variants) * len(seeds)
    for variant, changes in experiment.variants.items():
        setting = replace(experiment.common, **changes)
        runs = []
        try:
            for seed in seeds:
                runs.append(train_digits(setting, data, seed))
                show_bar(next(done), total, experiment.title)
        except NotImplementedError as error:
            print(f"{variant} left out: {error}")
            continue
        losses, accuracies = zip(*runs, strict=True)
        results.append(Curves(data.source, variant, np.array(losses), np.array(accuracies), unseen=True))
    return results
