"""A diagnoser names a mistake when a variant, and only one, fails like the submission; on a lab of two functions."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from gradekit.checkkit import CheckFailure, LocalLab
from gradekit.checkkit.compare import expect_array
from gradekit.diagnosis import Diagnoser, Misconception
from gradekit.modules import PublicNames, SourceModules

SOURCES = {
    "moments.py": """
import numpy as np

def mean(x):
    return x.sum(axis=0) / len(x)

def variance(x):
    return ((x - mean(x)) ** 2).sum(axis=0) / len(x)
"""
}
HOMES = {"mean": "moments", "variance": "moments"}
LONG = np.array([[1.0, 2.0], [4.0, 0.0], [2.5, -3.0]])
SHORT = LONG[:1]


def right_mean(x):
    return x.sum(axis=0) / len(x)


CHECKS = {
    "mean-long": lambda lab: expect_array(lab.mean(LONG), right_mean(LONG), call="mean(x)", rtol=1e-9),
    "mean-short": lambda lab: expect_array(lab.mean(SHORT), SHORT[0], call="mean(x)", rtol=1e-9),
    "variance": lambda lab: expect_array(
        lab.variance(LONG), ((LONG - right_mean(LONG)) ** 2).mean(axis=0), call="variance(x)", rtol=1e-9
    ),
}
PART = {"mean": ["mean-long", "mean-short"], "variance": ["variance"]}


def mistake(name, body, function="mean"):
    source = f"def {function}(x):\n    {body}\n"
    return Misconception(name=name, part=function, target=f"moments.py:{function}", title="T", hint="h", source=source)


SUM = mistake("sum", "return x.sum(axis=0)")
SHIFTED = mistake("shifted", "return x.sum(axis=0) / len(x) + 1")
LOUD = mistake("loud", "return np.log(0 * x)[0]")
RAISES = mistake("raises", "return x @ x")
OTHER = mistake("other-axis", "return x.sum(axis=1) / 3")
UNBIASED = mistake("unbiased", "return ((x - mean(x)) ** 2).sum(axis=0) / (len(x) - 1)", "variance")
CATALOGUE = (SUM, SHIFTED, LOUD, RAISES, OTHER, UNBIASED)


class Counter:
    """Runs checks, and counts them."""

    def __init__(self):
        self.runs = 0

    def __call__(self, check, lab):
        self.runs += 1
        try:
            CHECKS[check](lab)
        except Exception as error:
            return error
        return None


def outcomes(text, part="mean"):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lab = LocalLab(PublicNames(SourceModules({"moments.py": text}), HOMES))
        return {check: Counter()(check, lab) for check in PART[part]}


def handin(mean="return x.sum(axis=0) / len(x)", variance="return ((x - mean(x)) ** 2).mean(axis=0)"):
    return f"import numpy as np\ndef mean(x):\n    {mean}\ndef variance(x):\n    {variance}\n"


def explain(text, part="mean", catalogue=CATALOGUE, alongside=()):
    return Diagnoser(catalogue, SOURCES, HOMES, Counter()).explain(part, outcomes(text, part), alongside)


def test_mistake_written_in_another_way_is_named_in_every_check_that_it_fails():
    assert explain(handin("return sum(row for row in x)")) == {"mean-long": ("sum",)}
    loop = "return np.array([sum(c) / len(c) for c in x.T]) + np.ones(2)"
    assert explain(handin(loop)) == {"mean-long": ("shifted",), "mean-short": ("shifted",)}


def test_right_submission_and_unknown_mistake_are_not_named():
    assert explain(handin()) == {}
    assert explain(handin("return x[0]")) == {}
    assert explain(handin("return None")) == {}


def test_mistake_that_the_submission_does_not_share_everywhere_is_not_named():
    assert explain(handin("return x.sum(axis=0) / len(x) + (len(x) > 1)")) == {}


def test_two_mistakes_that_cannot_be_told_apart_are_both_kept_back():
    twin = mistake("twin", "return sum(x)")
    assert explain(handin("return sum(x)"), catalogue=(SUM, twin)) == {}


def test_exception_of_the_same_type_alone_is_no_evidence():
    assert explain(handin("raise ValueError('no such file')")) == {}
    assert set(explain(handin("return np.matmul(x, x)"))["mean-long"]) == {"raises"}


def test_warnings_of_a_variant_do_not_disturb():
    with np.errstate(divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert explain(handin("return np.full(2, -np.inf)"))["mean-long"] == ("loud",)


def test_mistake_on_top_of_another_part_is_found_when_that_is_known():
    text = handin("return x.sum(axis=0)", "return ((x - mean(x)) ** 2).sum(axis=0) / (len(x) - 1)")
    assert explain(text, "variance") == {}
    assert explain(text, "variance", alongside=("sum",)) == {"variance": ("unbiased",)}


def test_variants_run_once_however_many_submissions_are_explained():
    run = Counter()
    diagnoser = Diagnoser(CATALOGUE, SOURCES, HOMES, run)
    found = outcomes(handin("return sum(x)"))
    first = diagnoser.explain("mean", found)
    runs = run.runs
    assert 0 < runs <= 2 * len(CATALOGUE)
    assert diagnoser.explain("mean", found) == first
    assert run.runs == runs


@pytest.mark.parametrize("category", ["time-out", "crashed", "memory", "protocol", "missing", "not-implemented"])
def test_faults_of_the_boundary_are_not_explained(category):
    gone = CheckFailure(category, called="mean", got="nothing")
    diagnoser = Diagnoser(CATALOGUE, SOURCES, HOMES, Counter())
    assert diagnoser.explain("mean", dict.fromkeys(PART["mean"], gone)) == {}
