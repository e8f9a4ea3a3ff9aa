"""What is made of several parts: which mistakes are carried forward, and which are not."""

from __future__ import annotations

import pytest
from check_runs import COURSE, composing, make_lab, passed, reference, replaced, run, training_checks, variant
from nothing_variants import NOTHING
from wrong_variants import WRONG

from gradekit.checkkit import CheckFailure
from gradekit.diagnosis import splice
from gradekit.quality.chaffs import course_catalogue

NETWORK = ["test_network_gradients", "test_network_repeated"]
BOTH = NETWORK + training_checks()
FILES = {"Sigmoid": "activations", "Linear": "layers", "MSELoss": "losses", "SGD": "optimizers"}


@pytest.mark.parametrize("module", FILES.values())
@pytest.mark.parametrize("text", ["", "def (", NOTHING["zeros"], "raise RuntimeError('stays out')"])
def test_one_missing_part_does_not_cost_the_compositions(module, text):
    assert passed(replaced(**{module: text}), BOTH) == BOTH


@pytest.mark.parametrize("modules", [("activations", "layers"), ("layers", "losses"), ("activations", "losses")])
def test_two_missing_parts_cost_the_compositions(modules):
    assert passed(replaced(**dict.fromkeys(modules, "")), BOTH) == []


def test_two_wrong_parts_do_not_cost_the_compositions():
    lab = variant(activations=WRONG["layer: 1 - a missing"][2], layers=WRONG["backward: grad_bias averaged"][2])
    assert passed(lab, BOTH) == BOTH


def test_two_mistakes_of_which_one_looks_idle_do_not_cost_the_compositions():
    # it moves by the momentum times the gradient, and so not at all without momentum
    names = ("sgd-momentum-and-learning-rate-exchanged", "sigmoid-layer-backward-returns-nothing")
    pair = [entry for entry in course_catalogue(COURSE) if entry.name in names]
    assert len(pair) == 2
    lab = make_lab(splice(COURSE.reference_sources(), *pair))
    assert passed(lab, BOTH) == BOTH


def test_replaced_parts_are_named_in_a_remark():
    result = run(variant(losses=WRONG["mse: no 2"][2]), "test_network_gradients")
    assert result.error is None
    assert result.remarks == [
        "Checked with the course's MSELoss in place of yours, so that an error there is not counted again."
    ]


def test_parts_that_are_right_alone_but_not_together_cost_the_composition():
    lab = variant(
        activations="""
made = []

class Sigmoid(Sigmoid):
    def forward(self, z):
        made.append(super().forward(z))
        return made[-1]
""",
        layers="""
class Linear(Linear):
    def forward(self, x):
        from activations import made
        return super().forward(x) + any(x is array for array in made)
""",
    )
    result = run(lab, "test_network_gradients")
    assert isinstance(result.error, CheckFailure)
    assert "right by themselves, but not together" in result.error.advice
    assert passed(lab, BOTH) == []


def test_first_failure_of_the_own_parts_is_reported():
    result = run(replaced(activations="", layers=""), "test_network_gradients")
    assert isinstance(result.error, CheckFailure)
    assert result.error.category in ("missing", "raised")


def test_training_fails_below_its_accuracy(monkeypatch):
    training = composing().Training
    monkeypatch.setattr(training, "accuracy", lambda *_: 0.97)
    for name in ("test_linear_data_training", "test_xor_training"):
        result = run(reference(), name)
        assert isinstance(result.error, CheckFailure)
        assert result.error.category == "accuracy"
        assert [value for value, _ in result.measures.values()] == [0.97]


def test_compositions_pay_all_points_of_their_parts():
    checks = COURSE.config.checks
    assert sum(checks[name].points for name in BOTH) == 8 + 4 + 6
