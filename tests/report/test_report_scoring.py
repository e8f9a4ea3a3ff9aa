"""A record is scored by the rubric as it is now, in exact points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import ACCURATE, BROKEN_FILE, CONFIG, PARTIAL, PERFECT, UNGRADABLE, failed, passed, record

from gradekit.errors import CourseError, GradekitError
from gradekit.records import STATUSES, Outcome
from gradekit.rubric import Check, GradingConfig, LatePolicy, Limits, Part
from gradekit.scoring import apply_late, days_begun, read_late_file, rounded, score


def points(scored):
    return {name: part.points for name, part in scored.parts.items()}


def config_of(*values: float) -> GradingConfig:
    checks = tuple(Check(f"test_{number}", value) for number, value in enumerate(values))
    part = Part("a", "A", float(sum(map(Fraction, map(str, values)))), checks)
    return GradingConfig("toy", "Toy", {"a.py": ("f",)}, {}, "", (part,), {"unit": Limits(1, 1)}, 1, {})


def test_everything_right_earns_the_maximum_and_the_bonus_on_top():
    scored = score(PERFECT, CONFIG, {"discussion": 5})
    assert points(scored) == {"sigmoid": 8, "linear-backward": 20, "mnist": 10, "discussion": 5, "relu": 5}
    assert (scored.total, scored.maximum) == (48, 43)


def test_each_part_pays_for_its_own_checks():
    assert points(score(PARTIAL, CONFIG)) == {
        "sigmoid": 8,
        "linear-backward": 0,
        "mnist": 4,
        "discussion": 0,
        "relu": 0,
    }
    assert points(score(BROKEN_FILE, CONFIG))["linear-backward"] == 20
    assert points(score(BROKEN_FILE, CONFIG))["sigmoid"] == 0


def test_an_ungradable_record_earns_nothing():
    scored = score(replace(UNGRADABLE, outcomes=PERFECT.outcomes), CONFIG)
    assert (scored.total, scored.status) == (0, "ungradable")


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "passed"])
def test_only_a_passed_check_pays(status):
    scored = score(record("student-001", ACCURATE, Outcome("test_sigmoid_tails", "sigmoid", status)), CONFIG)
    assert scored.parts["sigmoid"].points == 6


@pytest.mark.parametrize(
    ("data", "accuracy", "earned"),
    [
        ("MNIST", 0.8999, 0),
        ("MNIST", 0.9, 2),
        ("MNIST", 0.9599, 6),
        ("MNIST", 0.97, 10),
        ("MNIST", 1.0, 10),
        ("digits", 0.85, 5),
        ("digits", 0.9, 10),
    ],
)
def test_a_ladder_pays_the_rungs_that_are_reached(data, accuracy, earned):
    outcome = passed("test_mnist_accuracy", measures={"accuracy": accuracy}, data=data)
    assert score(record("student-001", outcome), CONFIG).parts["mnist"].points == earned


def test_a_ladder_pays_nothing_to_a_check_that_did_not_pass():
    outcome = failed("test_mnist_accuracy", "value", measures={"accuracy": 0.99}, data="MNIST")
    assert score(record("student-001", outcome), CONFIG).parts["mnist"].points == 0


@pytest.mark.parametrize("outcome", [{"data": "letters", "measures": {"accuracy": 1.0}}, {"data": "MNIST"}])
def test_a_measure_that_the_ladder_does_not_know_is_the_courses_mistake(outcome):
    with pytest.raises(CourseError, match="'test_mnist_accuracy' passed with measures"):
        score(record("student-001", passed("test_mnist_accuracy", **outcome)), CONFIG)


def test_a_check_pays_only_if_what_it_requires_passed():
    scored = score(record("student-001", ACCURATE, failed("test_sigmoid_values", "value")), CONFIG)
    assert scored.parts["sigmoid"].points == 2
    assert scored.parts["sigmoid"].checks[1].unmet == ("test_sigmoid_values",)


def test_a_record_older_than_a_check_is_scored_and_the_check_named():
    older = replace(PERFECT, outcomes=tuple(o for o in PERFECT.outcomes if o.check != "test_relu"))
    scored = score(older, CONFIG)
    assert scored.unrun == ("test_relu",)
    assert scored.parts["relu"].points == 0


def test_the_rubric_decides_to_which_part_a_check_belongs():
    moved = replace(PERFECT, outcomes=tuple(replace(outcome, part="elsewhere") for outcome in PERFECT.outcomes))
    assert points(score(moved, CONFIG)) == points(score(PERFECT, CONFIG))


def test_a_manual_part_waits_for_its_marks():
    assert score(PERFECT, CONFIG).parts["discussion"].pending
    marked = score(PERFECT, CONFIG, {"discussion": 3.5}).parts["discussion"]
    assert (marked.points, marked.pending) == (3.5, False)


@pytest.mark.parametrize(
    "marks", [{"discussion": 6}, {"discussion": -1}, {"sigmoid": 1}, {"essay": 1}, {"discussion": float("nan")}]
)
def test_marks_that_do_not_fit_are_refused(marks):
    with pytest.raises(GradekitError, match="student-001"):
        score(PERFECT, CONFIG, marks)


@given(st.lists(st.integers(0, 10_000).map(lambda cents: cents / 100), min_size=1, max_size=40))
def test_points_of_two_decimals_are_added_without_rounding(values):
    config = config_of(*values)
    outcomes = tuple(Outcome(name, "a", "passed") for name in config.checks)
    assert score(replace(PERFECT, outcomes=outcomes), config).total == sum(round(value * 100) for value in values) / 100


def test_thirds_make_a_whole():
    config = config_of(1 / 3, 1 / 3, 1 / 3)
    outcomes = tuple(Outcome(name, "a", "passed") for name in config.checks)
    assert score(replace(PERFECT, outcomes=outcomes), config).total == 1


@given(st.lists(st.integers(0, 1_000_000), max_size=20))
def test_rounding_goes_to_the_nearest_hundredth_halves_upwards(numbers):
    for number in numbers:
        value = Fraction(number, 1000)
        error = Fraction(str(rounded(value))) - value
        assert -Fraction(5, 1000) < error <= Fraction(5, 1000)


POLICY = LatePolicy(grace_minutes=15, penalty_per_day=0.1, max_days=3)


@pytest.mark.parametrize(
    ("minutes", "days"), [(0, 0), (15, 0), (15.01, 1), (16, 1), (15 + 1440, 1), (16 + 1440, 2), (15 + 3 * 1440, 3)]
)
def test_days_begin_after_the_grace(minutes, days):
    assert days_begun(minutes, POLICY) == days


@pytest.mark.parametrize(("days", "total"), [(0, 48), (1, 43.2), (2, 38.4), (3, 33.6), (4, 0)])
def test_each_day_costs_a_share_of_the_earned_points(days, total):
    late = apply_late(score(PERFECT, CONFIG, {"discussion": 5}), days, POLICY)
    assert (late.total, late.earned, late.days_late) == (total, 48, days)


def test_a_penalty_never_goes_below_zero():
    assert apply_late(score(PERFECT, CONFIG), 30, LatePolicy(penalty_per_day=0.1)).total == 0


def test_a_late_file_is_read_in_minutes(tmp_path):
    path = tmp_path / "late.csv"
    path.write_bytes('\ufeffname,student,hours\r\n"Doe, J",student-001,1.5\r\n李,student-002,0\r\n'.encode())
    assert read_late_file(path) == {"student-001": 90, "student-002": 0}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ":1: needs a column"),
        (b"student\nx\n", ":1: needs a column"),
        (b"student,days,hours\n", ":1: needs a column"),
        (b"student,days\nx,soon\n", ":2: needs a student and a number of days"),
        (b"student,days\nx,-1\n", ":2:"),
        (b"student,days\nx,nan\n", ":2:"),
        (b"student,days\n,1\n", ":2:"),
        (b"student,days\nx\n", ":2:"),
        (b"student,days\nx,1\nx,2\n", ":3: 'x' stands twice"),
        (b"student,days\n\xff,1\n", "is not UTF-8"),
    ],
)
def test_a_late_file_with_a_mistake_is_refused_with_its_line(content, words, tmp_path):
    path = tmp_path / "late.csv"
    path.write_bytes(content)
    with pytest.raises(GradekitError, match=words):
        read_late_file(path)


def test_a_late_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(GradekitError, match=r"late\.csv: cannot be read"):
        read_late_file(tmp_path / "late.csv")
