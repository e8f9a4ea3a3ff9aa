# ## Published figures, trained again (given)
#
# Reports on this lab state losses, accuracies and epochs. `experiments_published_points.py` and
# `experiments_published_mnist.py` hold every such statement with the recipe that it belongs to, the figure that
# is taken from its runs, and the rule for agreement; here they are trained from several seeds and
# judged. A statement "agrees" when it holds for the median of the runs, "agrees in some runs" when it
# holds for at least one of them, and "differs" otherwise.

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from experiments_mnist import DigitsSetting, train_digits
from experiments_page import section

from experiments_parts import quiet
from experiments_runs import Recipe, train_together

# ### Figures of runs, and rules for them


@dataclass(frozen=True)
class Runs:
    """Loss and accuracy (runs, epochs + 1), before the first epoch and after each; CPU seconds of one run."""

    loss: np.ndarray
    accuracy: np.ndarray
    seconds: float = 0.0


@dataclass(frozen=True)
class Claim:
    """One published statement, and how it is measured: `figure` takes the Runs of all recipes, one number per run."""

    network: str
    statement: str
    published: str
    recipes: tuple[Recipe | DigitsSetting, ...]
    figure: Callable[..., np.ndarray]
    holds: Callable[[float], bool] | None  # None: no figure was published
    form: str = "{:.2%}"
    remark: str = ""


def accuracy_after(epoch=-1):
    return lambda runs, *_: runs.accuracy[:, epoch]


def loss_after(epoch=-1):
    return lambda runs, *_: runs.loss[:, epoch]


def epoch_of(level):
    """The first epoch with an accuracy of at least `level`; infinite where it never comes."""

    def first(runs, *_):
        reached = runs.accuracy >= level - 1e-9
        return np.where(reached.any(axis=1), reached.argmax(axis=1), np.inf)

    return first


def overflows(runs):
    """1 for a run whose loss is no number in the end, else 0."""
    return (~np.isfinite(runs.loss[:, -1])).astype(float)


def ratio(figure):
    """The figure of the first recipe over that of the second, seed by seed."""

    def quotient(first, second):
        with np.errstate(all="ignore"):  # nan where neither came
            return figure(first) / figure(second)

    return quotient


def within(value, points=0.01):
    return lambda measured: abs(measured - value) <= points + 1e-9


def factor(value, by=2.0):
    return lambda measured: value / by <= measured <= value * by


def at_most(value):
    return lambda measured: measured <= value


def below(value):
    return lambda measured: measured < value


def above(value):
    return lambda measured: measured > value


def rises(runs):
    """The sum of all rises of the loss from one epoch to the next: 0 for a curve that only falls."""
    return np.maximum(np.diff(runs.loss, axis=1), 0).sum(axis=1)


def seconds(runs):
    return np.array([runs.seconds])


# ### Training what the statements need


def together(recipes):
    """Recipes, each once, in groups that can be trained together."""
    groups = []
    for recipe in dict.fromkeys(recipes):
        for group in groups:
            if isinstance(recipe, Recipe) and recipe.shares_steps_with(group[0]):
                group.append(recipe)
                break
        else:
            groups.append([recipe])
    return groups


def about_digits(claim):
    """Whether a claim needs the pictures of digits."""
    return not all(isinstance(recipe, Recipe) for recipe in claim.recipes)


def is_quick(claim):
    """Whether a claim is measured in a few seconds: its networks take steps for whole batches."""
    return not about_digits(claim) and all(not recipe.one_by_one for recipe in claim.recipes)


def points(datasets, problem, seeds):
    """For every seed the points and labels of a problem in the plane."""
    return [datasets.linear_data(seed=seed) if problem == "linear" else datasets.xor_data() for seed in seeds]


def train_group(group, seeds, datasets, digits, report):
    """Recipe -> Runs for recipes that are trained together; `digits` are `load_images()` data, or None."""
    start = time.process_time()
    if isinstance(group[0], Recipe):
        loss, accuracy = train_together(group, seeds, points(datasets, group[0].problem, seeds), report)
    else:
        runs = np.array([train_digits(group[0], digits, seed, report) for seed in seeds])
        before = np.full((len(seeds), 1), np.nan)  # nobody has looked before the first epoch
        loss, accuracy = ([np.concatenate([before, runs[:, kind]], axis=1)] for kind in (0, 1))
    seconds = (time.process_time() - start) / (len(group) * len(seeds))
    return {recipe: Runs(*curves, seconds) for recipe, *curves in zip(group, loss, accuracy, strict=True)}


def train_claims(claims, seeds, datasets, digits=None, show_bar=quiet):
    """Train what the claims need.

    Arguments
        claims: sequence of Claim. seeds: sequence of int; the digits take the first three of them.
        datasets: the datasets package. digits: `load_images()` data where a claim is about digits.
        show_bar: called with (epochs done, epochs, what is trained).

    Returns
        recipe -> Runs, or the NotImplementedError of a part that is still to do.
    """
    results = {}
    groups = together([recipe for claim in claims for recipe in claim.recipes])
    for number, group in enumerate(groups, start=1):
        title = f"group {number} of {len(groups)}: {describe(group[0])}"
        chosen = seeds if isinstance(group[0], Recipe) else seeds[:3]
        try:
            results |= train_group(
                group, chosen, datasets, digits, lambda done, total, title=title: show_bar(done, total, title)
            )
        except NotImplementedError as error:
            results |= dict.fromkeys(group, error)
    return results


def describe(recipe):
    """A recipe's problem and network in a few words."""
    problem, inputs, outputs = (recipe.problem, 2, 1) if isinstance(recipe, Recipe) else ("digits", 784, 10)
    return f"{problem}, {'-'.join(map(str, (inputs, *recipe.hidden, outputs)))}, {recipe.activation}"


# ### Judging

COLUMNS = ("network", "statement", "published", "median", "lowest", "highest", "runs", "verdict", "remark")


def judge(claim, results):
    """The row of the table for one claim: a dict with the keys COLUMNS."""
    row = dict.fromkeys(COLUMNS, "") | {"network": claim.network, "statement": claim.statement}
    row |= {"published": claim.published, "remark": claim.remark}
    runs = [results.get(recipe) for recipe in claim.recipes]
    if None in runs:
        return row | {"verdict": "not run here: python experiments.py published"}
    unfinished = [result for result in runs if isinstance(result, NotImplementedError)]
    if unfinished:
        return row | {"verdict": f"left out: {unfinished[0]}"}
    values = np.asarray(claim.figure(*runs), dtype=float)
    measured = {"median": np.median(values), "lowest": values.min(), "highest": values.max()}
    return (
        row
        | {name: show(value, claim.form) for name, value in measured.items()}
        | {
            "runs": len(values),
            "verdict": verdict(claim.holds, values),
        }
    )


def verdict(holds, values):
    """What the table says of the figures of all runs, given the rule for one of them, or None."""
    if holds is None:
        return "measured only"
    if holds(float(np.median(values))):
        return "agrees"
    return "agrees in some runs" if any(holds(float(value)) for value in values) else "differs"


def show(value, form):
    """A figure as text; an epoch that never came is infinite."""
    return "never" if np.isinf(value) else form.format(value)


RULE = (
    "A figure agrees when the median of the runs does: losses within a factor of 1.5, epochs within a factor of 2, "
    "accuracies within one point, 100 % exactly. What a report leaves open (first weights, samples in a step, sometimes "
    "the rate) was chosen among several so that most of its figures agree; the remark says so."
)


def by_network(rows):
    """Network -> its rows, without the column that they share."""
    networks = dict.fromkeys(row["network"] for row in rows)
    return {
        network: [{name: row[name] for name in COLUMNS[1:]} for row in rows if row["network"] == network]
        for network in networks
    }


def sections(rows):
    """The sections of the report page: one for every network."""
    return [
        section(f"Published: {network}", text="" if number else RULE, rows=own)
        for number, (network, own) in enumerate(by_network(rows).items())
    ]


def write_results(rows, folder):
    """Save the rows as published.csv and, for reading, as published.md."""
    with (folder / "published.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "published.md").write_text(as_markdown(rows), encoding="utf-8")


def as_markdown(rows):
    """The rows as Markdown: a section with a table for every network; the range of the runs behind their median."""
    head = ("statement", "published", "measured", "verdict", "remark")
    parts = [f"# Published figures beside measured ones\n\n{RULE}\n"]
    for network, own in by_network(rows).items():
        parts.append(f"\n## {network}\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}\n")
        for row in own:
            spread = (
                f"{row['median']} ({row['lowest']} to {row['highest']}; {row['runs']} runs)" if row["median"] else ""
            )
            shown = row | {"measured": row["median"] if row["runs"] == 1 else spread}
            cells = [str(shown[name]).replace("|", "\\|") for name in head]
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)
