"""A sound course is verified in both forms, and every way to be wrong is found: each figure of `verify` can fail."""

from __future__ import annotations

import json
import shutil

import pytest
from verify_runs import CATALOGUE, CHECKS, CONFIG, SIZES, Edit, Watcher, findings, missed, tiny_course, verified

from gradekit.errors import CourseError

SLOW = (CONFIG, 'Check("test_gradient_random", 6)', 'Check("test_gradient_random", 6, limits="long")')
LONG = (CONFIG, 'limits={"unit":', 'limits={"long": Limits(call_seconds=5, check_seconds=10), "unit":')
NO_REPEATS = "pairs=0, repeats=0, slow_repeats=0"


def after_gradient(lines: str) -> Edit:
    """Lines put into the check of the gradient, after the call."""
    call = "    got = lab.gradient(x, y, weight)\n"
    return CHECKS, call, f"{call}    {lines}\n"


def test_everything_is_measured_in_the_full_form_and_a_sound_course_keeps_every_bound(tmp_path):
    watcher = Watcher()
    verification = verified(tiny_course(tmp_path), watcher=watcher)
    found = findings(verification)
    total = sum(watcher.ended.values())
    assert verification.passed
    assert {name: (finding.right, finding.total) for name, finding in found.items() if "mutants" not in name} == {
        "checks": (3, 3),
        "stub": (1, 1),
        "reference": (1, 1),
        "wheats": (1, 1),
        "chaffs": (4, 4),
        "named": (4, 4),
        "pairs_refused": (3, 3),
        "pairs_named": (3, 3),
        "pairs_carried": (3, 3),
        "wrong_part": (7, 7),
        "differences": (12, 12),
        "internal_errors": (total, total),
    }
    assert found["mutants"].right == found["mutants"].total >= 10
    assert watcher.ended == watcher.stages
    assert [(stage.title, stage.gradings) for stage in verification.stages] == list(watcher.stages.items())
    assert all(stage.seconds > 0 for stage in verification.stages)


def test_slow_checks_are_graded_apart_and_less_often(tmp_path):
    quality = SIZES.replace(")", ', slow=("long",))')
    watcher = Watcher()
    course = tiny_course(tmp_path, SLOW, LONG, quality=quality)
    for name in ("again", "once-more"):
        shutil.copytree(course.corpus / "wheats" / "loops", course.corpus / "wheats" / name)
    verification = verified(course, full=False, watcher=watcher)
    assert verification.passed
    # the file of a slow part is graded with all checks
    assert watcher.stages.pop("mutants, slow checks") >= 1
    # a tenth of four, but at least one
    single = [title for title in watcher.stages if title.startswith("single mistakes")]
    assert sum(watcher.stages.pop(title) for title in single) == 1
    assert watcher.stages == {
        "right hand-ins": 5,
        "right hand-ins, slow checks": 4,
        "repeated gradings": 12,
        "repeated gradings, slow checks": 2,
    }
    assert findings(verification)["pairs_named"].total == 0


def test_a_check_that_pays_a_mistake_and_two_mistakes_of_one_name_are_found(tmp_path):
    # the direction of the gradient is all that counts
    pays = after_gradient("got = got / abs(got).max() * abs(reference.gradient(x, y, weight)).max()")
    same = (CATALOGUE, "return -x @ weight", "return 2 * (x @ weight)")
    verification = verified(tiny_course(tmp_path, pays, same))
    found = findings(verification)
    assert not verification.passed
    assert {"chaffs", "named", "pairs_refused", "pairs_named", "mutants"} <= missed(verification)
    assert found["chaffs"].misses == (
        "gradient-without-two: loses nothing in gradient",
        "gradient-summed: loses nothing in gradient",
    )
    assert "predict-negated: named nothing" in found["named"].misses
    assert any("2 * x.T" in miss for miss in found["mutants"].misses)
    assert not missed(verification) & {"wheats", "wrong_part", "differences", "reference"}


def test_a_mistake_charged_to_another_part_is_counted_in_points(tmp_path):
    own = "2 * x.T @ (lab.predict(x, weight) - y) / len(y)"
    composed = after_gradient(f"expect_array({own}, reference.gradient(x, y, weight), call='both', rtol=1e-9)")
    found = findings(verified(tiny_course(tmp_path, composed)))
    assert found["wrong_part"].figure == 12
    assert [miss.partition(" (")[0] for miss in found["wrong_part"].misses] == [
        "predict-doubled: 6 points of gradient",
        "predict-negated: 6 points of gradient",
    ]
    assert not found["wrong_part"].passed
    assert found["chaffs"].passed


@pytest.mark.parametrize("composed", [False, True], ids=["a part by itself", "a part made of others"])
def test_what_pairs_cost_a_part_made_of_others_is_counted_apart(composed, tmp_path):
    part = (
        CONFIG,
        "    ),\n    limits=",
        '        Part("fit", title="Fit", points=2, file="regression.py", checks=(Check("test_fit", 2),)),\n    ),\n    limits=',
    )
    check = (
        CHECKS,
        "def test_gradient_random(",
        'def test_fit(lab, reference, rng):\n    """One of the two is right."""\n'
        "    x, y, weight = rng.normal(size=(5, 3)), rng.normal(size=5), rng.normal(size=3)\n"
        "    predicted = lab.predict(x, weight)[0] == reference.predict(x, weight)[0]\n"
        "    assert predicted or lab.gradient(x, y, weight)[0] == reference.gradient(x, y, weight)[0], 'both are wrong'\n\n\n"
        "def test_gradient_random(",
    )
    name = 'composed=("fit",)' if composed else ""
    quality = f"quality=Quality(pairs=4, repeats=0, slow_repeats=0, {name})"
    found = findings(verified(tiny_course(tmp_path, part, check, quality=quality)))
    assert found["pairs_refused"].passed
    assert (found["pairs_carried"].right, found["pairs_carried"].total) == (0 if composed else 4, 4)
    assert found["wrong_part"].figure == (0 if composed else 8)


def test_a_check_that_breaks_instead_of_judging_is_found(tmp_path):
    breaks = after_gradient("assert got.shape == (3,), got.nonsense")
    narrow = (CATALOGUE, "return x.T @ (x @ weight - y) / len(y)", "return x.T[:2] @ (x @ weight - y) / len(y)")
    found = findings(verified(tiny_course(tmp_path, breaks, narrow, quality=f"quality=Quality({NO_REPEATS})")))
    miss = (
        "gradient-without-two: test_gradient_random: AttributeError: 'numpy.ndarray' object has no attribute 'nonsense'"
    )
    assert found["internal_errors"].misses == (miss,)
    assert not found["internal_errors"].passed
    assert found["chaffs"].passed


@pytest.mark.parametrize(
    "luck",
    ["__import__('numpy').random.default_rng().random()", "rng.random()"],
    ids=["unseeded", "of the run's seed"],
)
def test_a_check_that_depends_on_luck_is_found(tmp_path, luck):
    quality = "quality=Quality(pairs=0, repeats=40, slow_repeats=0)"
    course = tiny_course(tmp_path, after_gradient(f"got = got + ({luck} < 0.3)"), quality=quality)
    different = findings(verified(course))["differences"]
    assert not different.passed
    assert 0 < different.figure == len(different.misses) == different.total - different.right < 40
    assert "test_gradient_random" in different.misses[0]
    assert "loops #" in different.misses[0]


def test_a_bound_says_how_much_may_be_amiss(tmp_path):
    right = (CATALOGUE, "return x.T @ (x @ weight - y) / len(y)", "return 2 * x.T @ (x @ weight - y) / len(y)")
    quality = f"quality=Quality(chaffs=0.75, named=0.7, {NO_REPEATS})"
    verification = verified(tiny_course(tmp_path, right, quality=quality))
    found = findings(verification)
    assert (found["chaffs"].figure, found["named"].figure) == (0.75, 0.75)
    assert verification.passed
    assert len(found["chaffs"].misses) == 1


def test_a_mutant_listed_as_the_same_function_must_lose_nothing(tmp_path):
    course = tiny_course(tmp_path, quality=f"quality=Quality({NO_REPEATS})")
    line = "return 2 * x.T @ (x @ weight - y) / len(y)"
    entry = {"file": "regression.py", "before": line, "after": line.replace("2 *", "3 *"), "reason": "none"}
    (course.corpus / "equivalent-mutants.json").write_text(json.dumps([entry]))
    found = findings(verified(course))
    miss = f"regression.py:21: {line} -> {line.replace('2 *', '3 *')}: loses points in gradient"
    assert found["equivalent_mutants"].misses == (miss,)
    assert not found["equivalent_mutants"].passed


def test_a_catalogue_that_does_not_fit_the_course_is_refused(tmp_path):
    name = 'name="predict-doubled",\n        part='
    astray = (CATALOGUE, f'{name}"predict"', f'{name}"other"')
    with pytest.raises(CourseError, match="misconception predict-doubled: the rubric has no part called 'other'"):
        verified(tiny_course(tmp_path, astray))
