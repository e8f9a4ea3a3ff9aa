"""Right is never refused and wrong is never paid: the lab's checks on whole submissions."""

from __future__ import annotations

import pytest
from check_runs import (
    COURSE,
    all_checks,
    charged,
    passed,
    reference,
    replaced,
    run,
    training_checks,
    unit_checks,
    variant,
)
from nothing_variants import NOTHING
from right_variants import RIGHT
from wrong_variants import WRONG

from gradekit.release.strip import strip_solutions

EVERYTHING = [name for name, check in COURSE.config.checks.items() if check.limits != "mnist" and "own" not in name]

# mistakes that could reach a training by other ways than a wrong number
TRAINED = (
    "sigmoid: one buffer for all results",
    "layer: gradient passed through",
    "layer: one cache for all objects",
    "forward: keeps the weights of the first call",
    "backward: overwrites x",
    "backward: updates the weights",
    "backward: gradients add up",
    "mse: overwrites the prediction",
    "sgd: not in place",
    "sgd: keeps the caller's gradient as velocity",
)


def test_every_check_of_the_rubric_exists_and_belongs_to_it():
    assert set(all_checks()) == set(COURSE.config.checks)


def test_points_of_the_parts_are_those_of_the_course():
    points = {part.name: part.points for part in COURSE.config.parts if part.checks}
    assert points == {
        "sigmoid": 8,
        "sigmoid-layer": 10,
        "linear-forward": 10,
        "linear-backward": 20,
        "mse": 12,
        "sgd": 12,
        "network": 8,
        "linear-data": 4,
        "xor": 6,
        "mnist": 10,
        "relu": 5,
        "softmax-cross-entropy": 5,
        "adam": 5,
    }
    assert COURSE.config.maximum == 100


def test_most_points_are_hidden():
    checks = COURSE.config.checks.values()
    assert sum(check.points for check in checks if check.visibility == "hidden") > 2 * 115 / 3


@pytest.mark.parametrize("seed", range(3))
def test_reference_passes_every_check(seed):
    errors = {name: run(reference(), name, seed).error for name in EVERYTHING}
    assert [name for name, error in errors.items() if error] == []


@pytest.mark.parametrize("name", ["test_linear_data_own_network", "test_xor_own_network"])
def test_reference_passes_the_students_trainings(name):
    assert run(reference(), name).error is None


def test_checks_leave_no_remark_or_flag_on_the_reference():
    results = [run(reference(), name) for name in unit_checks()]
    assert [result.remarks + result.flags for result in results if result.remarks or result.flags] == []


@pytest.mark.parametrize("title", RIGHT)
def test_right_submission_passes_every_check(title):
    lab = replaced(**RIGHT[title])
    assert [name for name in EVERYTHING if name not in passed(lab, [name])] == []


@pytest.mark.parametrize("title", WRONG)
def test_wrong_submission_loses_points_in_its_own_part_only(title):
    part, module, code = WRONG[title]
    assert charged(variant(**{module: code}), unit_checks()) == {part}


@pytest.mark.parametrize("title", TRAINED)
def test_wrong_part_costs_nothing_in_training(title):
    _, module, code = WRONG[title]
    assert charged(variant(**{module: code}), training_checks()) == set()


@pytest.mark.parametrize("title", NOTHING)
def test_submission_that_does_nothing_passes_no_check(title):
    modules = ("activations", "layers", "losses", "optimizers")
    assert passed(replaced(**dict.fromkeys(modules, NOTHING[title])), EVERYTHING) == []


def test_stub_passes_no_check():
    sources = COURSE.reference_sources()
    modules = [name.removesuffix(".py") for name in COURSE.config.files]
    stubs = {module: strip_solutions(sources[f"{module}.py"], module) for module in modules}
    assert passed(replaced(**stubs), COURSE.config.checks) == []


def test_one_part_alone_earns_only_its_own_points():
    nothing = dict.fromkeys(("activations", "layers", "optimizers"), NOTHING["zeros"])
    own = {name for name in EVERYTHING if COURSE.config.part_of[name].file == "losses.py"}
    assert set(passed(replaced(**nothing), EVERYTHING)) == own


def test_momentum_that_does_nothing_still_earns_the_points_without():
    _, module, code = WRONG["sgd: momentum not stored"]
    names = [name for name in unit_checks() if name.startswith("test_sgd")]
    kept = passed(variant(**{module: code}), names)
    assert sum(COURSE.config.checks[name].points for name in kept) == 6
    assert not any("momentum" in name for name in kept)


def test_unguarded_sigmoid_loses_the_point_for_the_warning_alone():
    lab = variant(activations="def sigmoid(z):\n    return 1 / (1 + np.exp(-z))")
    assert set(unit_checks()) - set(passed(lab, unit_checks())) == {"test_sigmoid_no_overflow"}


def test_loss_as_an_array_without_dimensions_earns_a_remark_and_the_points():
    code = """
class MSELoss(MSELoss):
    def forward(self, prediction, target):
        return np.array(super().forward(prediction, target))
"""
    result = run(variant(losses=code), "test_mse_forward_values")
    assert result.error is None
    assert result.remarks == [
        "MSELoss().forward(prediction, target) returned an array without dimensions; "
        "a float says the same and is what the contract asks for."
    ]
