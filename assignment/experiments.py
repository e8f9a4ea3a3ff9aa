# ## Experiments (given)
#
# What changes when one thing changes: every experiment trains the same network on the linear and on
# the XOR data with one setting varied, from several seeds. It gives a table (CSV), a plot (PNG) and
# one line that says what came out. On the command line:
#
#     python experiments.py learning-rate
#     python experiments.py all --out results --seed 1

import argparse
import csv
import itertools
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from activations import ReLU, Sigmoid
from layers import Linear
from losses import MSELoss
from network import Network
from optimizers import SGD, Adam
from train import fit, load_datasets

# ### What can be varied


class Tanh:
    """The hyperbolic tangent as a layer."""

    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * (1 - self.a**2)


class LeakyReLU:
    """z where it is positive, z / 100 elsewhere."""

    def forward(self, z):
        self.slope = np.where(z > 0, 1.0, 0.01)
        return z * self.slope

    def backward(self, grad_output):
        return grad_output * self.slope


ACTIVATIONS = {"sigmoid": Sigmoid, "ReLU": ReLU, "tanh": Tanh, "leaky ReLU": LeakyReLU, "none": None}

INITIALISATIONS = {  # functions of fan-in, fan-out and a random generator
    "4 x Glorot": lambda n, m, rng: Linear(n, m, rng).weight,
    "normal(0, 1)": lambda n, m, rng: rng.normal(size=(n, m)),
    "uniform(0, 1)": lambda n, m, rng: rng.random((n, m)),
    "Xavier": lambda n, m, rng: rng.normal(0, np.sqrt(2 / (n + m)), (n, m)),
    "He": lambda n, m, rng: rng.normal(0, np.sqrt(2 / n), (n, m)),
}

OPTIMIZERS = {
    "SGD": lambda parameters, lr: SGD(parameters, lr),
    "momentum 0.9": lambda parameters, lr: SGD(parameters, lr, momentum=0.9),
    "Adam": lambda parameters, lr: Adam(parameters, lr),
}


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
        "First weights", Setting(), {name: {"initialisation": name} for name in INITIALISATIONS if name != "He"}
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


@dataclass(frozen=True)
class Curves:
    """Loss and accuracy (runs, epochs) of one variant on one problem."""

    problem: str
    variant: str
    loss: np.ndarray
    accuracy: np.ndarray

    def row(self):
        """The figures of the table: median and range over the runs."""
        right = self.accuracy == 1
        solved = right.any(axis=1)
        first = np.where(solved, right.argmax(axis=1) + 1, np.inf)
        row = {"problem": self.problem, "variant": self.variant, "runs": len(self.loss), "epochs": self.loss.shape[1]}
        for name, values in (("loss", self.loss[:, -1]), ("accuracy", self.accuracy[:, -1])):
            for statistic in (np.median, np.min, np.max):
                row[f"{name} {statistic.__name__}"] = f"{statistic(values):.5g}"
        row["runs ever all right"] = int(solved.sum())
        row["first epoch all right median"] = f"{np.median(first):g}" if solved.sum() * 2 > len(solved) else ""
        return row


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


def run(experiment, problems, seeds):
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


def show_bar(done, total, title):
    """Draw how many runs are done on the terminal; nothing where the output is not a terminal."""
    if sys.stderr.isatty():
        filled = 30 * done // total
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total} runs  {title}{end}")
        sys.stderr.flush()


# ### Table, plot, one line


def write_table(results, path):
    """Save the figures of all variants as CSV and print the most important ones."""
    rows = [curves.row() for curves in results]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    shown = ("problem", "variant", "loss median", "accuracy median", "runs ever all right", "runs")
    for row in [dict.fromkeys(rows[0]) | {name: name for name in shown}, *rows]:
        print("  ".join(f"{row[name]!s:<20}" for name in shown).rstrip())


COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
STYLES = ("-", "--", "-.", ":")


def plot(title, results, path):
    """Save loss (above) and accuracy (below) against the epoch: median as a line, range as a band."""
    import matplotlib.pyplot as plt

    problems = list(dict.fromkeys(curves.problem for curves in results))
    figure, panels = plt.subplots(
        2, len(problems), figsize=(4.8 * len(problems), 6.4), sharex="col", squeeze=False, layout="constrained"
    )
    for column, problem in enumerate(problems):
        chosen = [curves for curves in results if curves.problem == problem]
        for curves, colour, style in zip(chosen, itertools.cycle(COLOURS), itertools.cycle(STYLES), strict=False):
            epochs = np.arange(1, curves.loss.shape[1] + 1)
            for panel, values in ((panels[0, column], curves.loss), (panels[1, column], 100 * curves.accuracy)):
                panel.plot(epochs, np.median(values, axis=0), color=colour, linestyle=style, label=curves.variant)
                panel.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.15, lw=0)
        panels[0, column].set(title=problem, yscale="log", xscale="log")
        panels[1, column].set(xlabel="epoch", ylim=(-2, 104))
    panels[0, 0].set_ylabel("loss (mean squared error)")
    panels[1, 0].set_ylabel("accuracy (%)")
    for panel in panels.flat:
        panel.grid(alpha=0.3)
    panels[0, 0].legend()
    figure.suptitle(f"{title}: median and range of {len(results[0].loss)} runs")
    figure.savefig(path, dpi=150)
    plt.close(figure)


def finding(results):
    """One line for every problem that says which variant did best and which worst, in figures."""
    lines = []
    for problem, group in itertools.groupby(results, key=lambda curves: curves.problem):
        ranked = sorted(group, key=lambda curves: np.nan_to_num(np.median(curves.loss[:, -1]), nan=np.inf))
        best, worst = (
            f"{curves.variant} (loss {np.median(curves.loss[:, -1]):.2g}, "
            f"{np.median(curves.accuracy[:, -1]):.2%} right)"
            for curves in (ranked[0], ranked[-1])
        )
        lines.append(f"{problem}: best {best}, worst {worst}, after {ranked[0].loss.shape[1]} epochs")
    return "\n".join(lines)


def main(arguments=None):
    """Run one experiment or all of them; mistakes that the user can mend end in one line."""
    parser = argparse.ArgumentParser(description="Vary one setting, train from several seeds, compare.")
    parser.add_argument("name", choices=[*EXPERIMENTS, "all"])
    parser.add_argument("--out", type=Path, default=Path("results/experiments"), help="folder for tables and plots")
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds (default 0)")
    parser.add_argument("--runs", type=int, default=5, choices=range(1, 101), metavar="1-100", help="seeds per variant")
    chosen = parser.parse_args(arguments)
    seeds = range(chosen.seed, chosen.seed + chosen.runs)
    try:
        datasets = load_datasets()
        problems = {"linear": datasets.linear_data(seed=chosen.seed), "XOR": datasets.xor_data()}
        chosen.out.mkdir(parents=True, exist_ok=True)
        for name in EXPERIMENTS if chosen.name == "all" else [chosen.name]:
            experiment = EXPERIMENTS[name]
            print(f"{experiment.title} ({name})")
            results = run(experiment, problems, seeds)
            if results:
                write_table(results, chosen.out / f"{name}.csv")
                plot(experiment.title, results, chosen.out / f"{name}.png")
                print(finding(results), end="\n\n")
    except (OSError, ModuleNotFoundError) as error:
        sys.exit(f"experiments.py: {error}")
    except KeyboardInterrupt:
        sys.exit("experiments.py: interrupted")
    print(f"tables and plots in {chosen.out}")


if __name__ == "__main__":
    main()
