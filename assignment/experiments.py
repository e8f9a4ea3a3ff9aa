# ## Experiments (given)
#
# What changes when one thing changes: every experiment trains the same network with one setting
# varied, from several seeds: on the linear and the XOR data, and those called mnist-... on the
# handwritten digits. It gives a table (CSV), a plot (PNG) and one line that says what came out.
# `published` trains what others have published figures of, and sets the measured ones beside them.
# On the command line:
#
#     python experiments.py learning-rate
#     python experiments.py mnist-depth
#     python experiments.py all --out results --seed 1
#     python experiments.py all --mnist --published
#     python experiments.py published

import argparse
import sys
from pathlib import Path

import experiments_published as published
from experiments_curves import finding, plot, write_table
from experiments_mnist import DIGITS_EXPERIMENTS, run_digits
from experiments_page import section, write_page
from experiments_points import EXPERIMENTS, run
from experiments_published_mnist import DIGITS_CLAIMS
from experiments_published_points import POINTS_CLAIMS
from train import load_datasets


def show_bar(done, total, title):
    """Draw how much is done on the terminal; nothing where the output is not a terminal."""
    if not sys.stderr.isatty() or (done < total and done % max(1, total // 200)):
        return
    filled = 30 * done // total
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total}  {title}{end}")
    sys.stderr.flush()


def present(name, title, results, folder):
    """Save table and plot of one experiment, print what came out, and return its section of the report page."""
    if not results:
        return section(title, text="left out: its parts are still to do")
    rows = write_table(results, folder / f"{name}.csv")
    plot(title, results, folder / f"{name}.png")
    lines = finding(results)
    print(lines, end="\n\n")
    return section(title, text=lines, rows=rows, plot=folder / f"{name}.png")


def on_points(names, seeds, datasets, folder):
    """Run experiments on the linear and the XOR data; return their sections of the page."""
    problems = {"linear": datasets.linear_data(seed=seeds[0]), "XOR": datasets.xor_data()}
    sections = []
    for name in names:
        title = EXPERIMENTS[name].title
        print(f"{title} ({name})")
        sections.append(present(name, title, run(EXPERIMENTS[name], problems, seeds, show_bar), folder))
    return sections


def on_digits(names, seeds, datasets, folder):
    """Run experiments on the handwritten digits; return their sections of the page."""
    digits = datasets.load_images() if names else None
    sections = []
    for name in names:
        title = DIGITS_EXPERIMENTS[name].title
        print(f"{title}, on {digits.source} ({name})")
        results = run_digits(DIGITS_EXPERIMENTS[name], digits, seeds, show_bar)
        sections.append(present(name, title, results, folder))
    return sections


def beside_published(claims, seeds, datasets):
    """Train what the claims need and print the comparison; return a row of the table for every published claim."""
    digits = datasets.load_images() if any(published.about_digits(claim) for claim in claims) else None
    if digits is not None and digits.source != "MNIST":
        print("What was published about MNIST cannot be set beside figures of other data, and is left out.")
        claims = [claim for claim in claims if not published.about_digits(claim)]
    results = published.train_claims(claims, seeds, datasets, digits, show_bar)
    for claim in claims:
        row = published.judge(claim, results)
        measured = f"here {row['median']} ({row['lowest']} to {row['highest']}): " if row["median"] else ""
        print(f"{row['network']}\n  {row['statement']}: published {row['published']}, {measured}{row['verdict']}")
    return [published.judge(claim, results) for claim in (*POINTS_CLAIMS, *DIGITS_CLAIMS)]


def options(arguments):
    """The parsed command line."""
    parser = argparse.ArgumentParser(description="Vary one setting, train from several seeds, compare.")
    names = [*EXPERIMENTS, *DIGITS_EXPERIMENTS, "mnist", "all", "published"]
    told = "mnist: those on digits; all: those on points, and a report page; published: others' figures beside yours"
    parser.add_argument("name", choices=names, help=told)
    parser.add_argument("--mnist", action="store_true", help="with all: the experiments on digits too")
    parser.add_argument("--published", action="store_true", help="with all: every published figure, not the quick ones")
    parser.add_argument("--out", type=Path, default=Path("results/experiments"), help="folder for tables and plots")
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds (default 0)")
    usual = "seeds per variant (default 5; on digits 3; published 10)"
    parser.add_argument("--runs", type=int, choices=range(1, 101), metavar="1-100", help=usual)
    return parser.parse_args(arguments)


def run_chosen(chosen, datasets):
    """Run what the command line asks for."""
    few, some, many = (range(chosen.seed, chosen.seed + (chosen.runs or usual)) for usual in (3, 5, 10))
    everything = chosen.name == "all"
    digits = chosen.name == "mnist" or (everything and chosen.mnist)
    names = [name for name in EXPERIMENTS if everything or chosen.name == name]
    sections = on_points(names, some, datasets, chosen.out)
    names = [name for name in DIGITS_EXPERIMENTS if digits or chosen.name == name]
    sections += on_digits(names, few, datasets, chosen.out)
    if chosen.name == "published" or (everything and chosen.published):
        rows = beside_published([*POINTS_CLAIMS, *DIGITS_CLAIMS], many, datasets)
        published.write_results(rows, chosen.out)
    elif everything:
        rows = beside_published([claim for claim in POINTS_CLAIMS if published.is_quick(claim)], some, datasets)
    if everything:
        sections += published.sections(rows)
        introduction = (
            f"Median and range of runs from the seeds {chosen.seed} and up. The same seeds give the same figures."
        )
        write_page(chosen.out / "report.html", "Experiments with back-propagation", introduction, sections)


def main(arguments=None):
    """Run one experiment or all of them; mistakes that the user can mend end in one line."""
    chosen = options(arguments)
    try:
        datasets = load_datasets()
    except FileNotFoundError as error:
        sys.exit(f"experiments.py: {error}")
    try:
        chosen.out.mkdir(parents=True, exist_ok=True)
        run_chosen(chosen, datasets)
    except (datasets.DatasetError, OSError, ModuleNotFoundError) as error:
        sys.exit(f"experiments.py: {error}")
    except KeyboardInterrupt:
        sys.exit("experiments.py: interrupted")
    print(f"tables and plots in {chosen.out}")


if __name__ == "__main__":
    main()
