# ## Runs on points in the plane (given)
#
# What the comparisons on the linear and the XOR data have in common: a setting, and the training of
# one run.

import itertools
from dataclasses import dataclass, replace

import numpy as np

from experiments_curves import Curves
from experiments_parts import ACTIVATIONS, INITIALISATIONS, OPTIMIZERS, quiet
from layers import Linear
from losses import MSELoss
from network import Network
from train import fit

# ### What is varied


@dataclass(frozen=True)
class Setting:
    """All that one training needs; an experiment changes some of it."""

    hidden: tuple[int, ...] = (10, 10)
    activation: str = "sigmoid"
    output: str = "sigmoid"
    initialisation: str = "4 x Glorot"
    optimizer: str = "momentum 0.9"
    lr: float = 1.0
    batch_size: int | None = None
    epochs: int = 1000


@dataclass(frozen=True)
class Experiment:
    """One question: a title, what all variants share, and what each changes."""

    title: str
    common: Setting
    variants: dict[str, dict]


EXPERIMENTS = {
    "learning-rate": Experiment(
        "Learning rate", Setting(), {f"lr {lr:g}": {"lr": lr} for lr in (0.001, 0.01, 0.1, 1.0)}
    ),
    "hidden-units": Experiment(
        "Units in each of two hidden layers",
        Setting(lr=0.2),
        {f"{n} units": {"hidden": (n, n)} for n in (4, 10, 20, 64)},
    ),
    "no-activation": Experiment(
        "With and without activation",
        Setting(lr=0.05, initialisation="Xavier", epochs=3000),
        {"sigmoid": {"lr": 1.0}, "none": {"activation": "none", "output": "none"}},
    ),
    "depth": Experiment(
        "Hidden layers of 10 ReLU units",
        Setting(activation="ReLU", initialisation="He", lr=0.05, epochs=2000),
        {f"{n} hidden": {"hidden": (10,) * n} for n in (1, 2, 3, 4)},
    ),
    "initialisation": Experiment(
        "First weights",
        Setting(),
        {name: {"initialisation": name} for name in ("4 x Glorot", "normal(0, 1)", "uniform(0, 1)", "Xavier")},
    ),
    "momentum": Experiment(
        "Optimizer",
        Setting(),
        {"SGD": {"optimizer": "SGD"}, "momentum 0.9": {}, "Adam, lr 0.01": {"optimizer": "Adam", "lr": 0.01}},
    ),
    "activation": Experiment(
        "Activation of the hidden layers",
        Setting(initialisation="Xavier", lr=0.2, epochs=2000),
        {name: {"activation": name} for name in ("sigmoid", "ReLU", "tanh", "leaky ReLU")},
    ),
    "batch-size": Experiment(
        "Samples in a step",
        Setting(optimizer="SGD", lr=0.5, epochs=250),
        {"all": {}, "7": {"batch_size": 7}, "1": {"batch_size": 1}},
    ),
}


# ### Running


def build(setting, rng):
    """The network of a setting, for points in the plane and one output."""
    layers = []
    widths = [2, *setting.hidden, 1]
    activations = [setting.activation] * len(setting.hidden) + [setting.output]
    for (n, m), activation in zip(itertools.pairwise(widths), activations, strict=True):
        linear = Linear(n, m, rng)
        linear.weight = INITIALISATIONS[setting.initialisation](n, m, rng)
        layers.append(linear)
        if ACTIVATIONS[activation] is not None:
            layers.append(ACTIVATIONS[activation]())
    return Network(layers)


def train_once(setting, x, y, seed):
    """The losses and accuracies of every epoch of one run."""
    rng = np.random.default_rng(seed)
    network = build(setting, rng)
    optimizer = OPTIMIZERS[setting.optimizer](network.parameters(), setting.lr)
    accuracies = []
    options = {"epochs": setting.epochs, "batch_size": setting.batch_size, "rng": rng}
    with np.errstate(all="ignore"):  # a run that diverges is a result, and shows as nan
        losses = fit(
            network, MSELoss(), optimizer, x, y, report=lambda *figures: accuracies.append(figures[-1]), **options
        )
    return losses, accuracies


def run(experiment, problems, seeds, show_bar=quiet):
    """The curves of every variant on every problem; a variant whose parts are still to do is left out."""
    results = []
    total = len(problems) * len(experiment.variants) * len(seeds)
    done = itertools.count(1)
    for (problem, (x, y)), (variant, changes) in itertools.product(problems.items(), experiment.variants.items()):
        setting = replace(experiment.common, **changes)
        runs = []
        try:
            for seed in seeds:
                runs.append(train_once(setting, x, y, seed))
                show_bar(next(done), total, experiment.title)
        except NotImplementedError as error:
            print(f"{variant} on {problem} left out: {error}")
            continue
        losses, accuracies = zip(*runs, strict=True)
        results.append(Curves(problem, variant, np.array(losses), np.array(accuracies)))
    return results
