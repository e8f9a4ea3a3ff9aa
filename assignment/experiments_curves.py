# ## What came out of a comparison (given)
#
# The curves of several runs, and from them a table (CSV), a plot (PNG) and one line in words.

import csv
import itertools
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curves:
    """Loss and accuracy (runs, epochs) of one variant on one problem; `unseen`: accuracy on samples not learned from."""

    problem: str
    variant: str
    loss: np.ndarray
    accuracy: np.ndarray
    unseen: bool = False

    def row(self):
        """The figures of the table: median and range over the runs."""
        row = {"problem": self.problem, "variant": self.variant, "runs": len(self.loss), "epochs": self.loss.shape[1]}
        for name, values in (("loss", self.loss[:, -1]), ("accuracy", self.accuracy[:, -1])):
            for statistic in (np.median, np.min, np.max):
                row[f"{name} {statistic.__name__}"] = f"{statistic(values):.5g}"
        return row | (self._on_the_way() if self.unseen else self._when_solved())

    def _when_solved(self):
        right = self.accuracy == 1
        solved = right.any(axis=1)
        first = np.where(solved, right.argmax(axis=1) + 1, np.inf)
        usual = f"{np.median(first):g}" if solved.sum() * 2 > len(solved) else ""
        return {"runs ever all right": int(solved.sum()), "first epoch all right median": usual}

    def _on_the_way(self):
        medians = np.median(self.accuracy, axis=0)
        return {
            f"accuracy after {epoch} median": f"{medians[epoch - 1]:.5g}" if epoch <= len(medians) else ""
            for epoch in (1, 2, 5, 10)
        }


def write_table(results, path):
    """Save the figures of all variants as CSV, print the most important ones, and return them: a list of dicts."""
    rows = [curves.row() for curves in results]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    counted = "accuracy after 1 median" if results[0].unseen else "runs ever all right"
    shown = ("problem", "variant", "loss median", "accuracy median", counted, "runs")
    for row in [dict.fromkeys(rows[0]) | {name: name for name in shown}, *rows]:
        print("  ".join(f"{row[name]!s:<20}" for name in shown).rstrip())
    return rows


COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
STYLES = ("-", "--", "-.", ":")


def plot(title, results, path):
    """Save loss (above) and accuracy (below) against the epoch: median as a line, range as a band."""
    import matplotlib.pyplot as plt
    from matplotlib.ticker import LogLocator

    problems = list(dict.fromkeys(curves.problem for curves in results))
    unseen = results[0].unseen
    figure, panels = plt.subplots(
        2, len(problems), figsize=(max(4.8 * len(problems), 6), 6.6), sharex="col", squeeze=False, layout="constrained"
    )
    for column, problem in enumerate(problems):
        chosen = [curves for curves in results if curves.problem == problem]
        for curves, colour, style in zip(chosen, itertools.cycle(COLOURS), itertools.cycle(STYLES), strict=False):
            epochs = np.arange(1, curves.loss.shape[1] + 1)
            marker = "." if len(epochs) <= 30 else None
            for panel, values in ((panels[0, column], curves.loss), (panels[1, column], 100 * curves.accuracy)):
                style_of = {"color": colour, "linestyle": style, "marker": marker, "label": curves.variant}
                panel.plot(epochs, np.median(values, axis=0), **style_of)
                panel.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.15, lw=0)
        panels[0, column].set(title=problem, yscale="log", xscale="linear" if unseen else "log")
        panels[1, column].set(xlabel="epoch")
        if unseen:  # few epochs, and losses of one size: whole epochs and plain numbers
            panels[1, column].xaxis.get_major_locator().set_params(integer=True)
            panels[0, column].yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            panels[0, column].yaxis.set_major_formatter("{x:g}")
            panels[0, column].yaxis.set_minor_formatter("")
        else:
            panels[1, column].set(ylim=(-2, 104))
    panels[0, 0].set_ylabel("training loss")
    panels[1, 0].set_ylabel("test accuracy (%)" if unseen else "accuracy (%)")
    for panel in panels.flat:
        panel.grid(alpha=0.3)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)), frameon=False)
    figure.suptitle(f"{title}\nmedian and range of {len(results[0].loss)} runs", fontsize="medium")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def finding(results):
    """One line for every problem that says which variant did best and which worst, in figures."""
    lines = []
    for problem, group in itertools.groupby(results, key=lambda curves: curves.problem):
        ranked = sorted(group, key=_rank)
        best, worst = (
            f"{curves.variant} (loss {np.median(curves.loss[:, -1]):.2g}, "
            f"{np.median(curves.accuracy[:, -1]):.2%} right)"
            for curves in (ranked[0], ranked[-1])
        )
        lines.append(f"{problem}: best {best}, worst {worst}, after {ranked[0].loss.shape[1]} epochs")
    return "\n".join(lines)


def _rank(curves):
    """Less is better: the training loss, or where unseen samples were looked at, the share of them that is wrong."""
    figure = 1 - np.median(curves.accuracy[:, -1]) if curves.unseen else np.median(curves.loss[:, -1])
    return np.nan_to_num(figure, nan=np.inf)
