"""Every catalogued mistake costs its part and no other, and is named; so are two of them."""

from __future__ import annotations

import itertools
import random

import pytest
from catalogue_runs import (
    BONUS,
    CATALOGUE,
    CHECKS,
    COURSE,
    REFERENCE,
    charged,
    compatible,
    diagnoser,
    make_lab,
    named,
    results,
    run,
    sources,
)

from gradekit.diagnosis import validate_catalogue

ALL_PAIRS = list(itertools.combinations(CATALOGUE, 2))
APART = compatible(pair for pair in ALL_PAIRS if pair[0].part != pair[1].part)
TOGETHER = compatible(pair for pair in ALL_PAIRS if pair[0].part == pair[1].part)
# the layer calls the function; these two hide the same mistake of the layer, which then costs nothing
HIDING = {"sigmoid-writes-into-argument", "sigmoid-always-float64"}
DEPENDENT = [
    pair
    for pair in APART
    if {entry.part for entry in pair} == {"sigmoid", "sigmoid-layer"} and not {entry.name for entry in pair} & HIDING
]


def drawn(pairs, count):
    """The same ``count`` pairs in every run of the tests."""
    sample = random.Random(6).sample(list(pairs), count)  # noqa: S311
    return [pytest.param(*pair, id=f"{pair[0].name}+{pair[1].name}") for pair in sample]


single = pytest.mark.parametrize("mistake", CATALOGUE, ids=lambda entry: entry.name)


def test_catalogue_is_large_and_keeps_to_its_course():
    validate_catalogue(CATALOGUE, [part.name for part in COURSE.config.parts], REFERENCE)
    assert len(CATALOGUE) >= 80
    counts = {part: sum(entry.part == part for entry in CATALOGUE) for part in CHECKS}
    assert min(counts.values()) >= 10


@single
def test_single_mistake_costs_its_part_alone_and_is_named(mistake):
    found = results(sources(mistake))
    assert charged(found) == {mistake.part}
    explained = diagnoser().explain(mistake.part, found[mistake.part])
    failed = [check for check, error in found[mistake.part].items() if error is not None]
    assert explained == dict.fromkeys(failed, (mistake.name,))


@pytest.mark.parametrize("mistake", [m for m in CATALOGUE if m.part not in BONUS], ids=lambda entry: entry.name)
def test_single_mistake_is_carried_forward_in_a_whole_network(mistake):
    lab = make_lab(sources(mistake))
    assert run(lab, "test_network_gradients").error is None
    assert run(lab, "test_network_repeated").error is None


@pytest.mark.parametrize("mistake", CATALOGUE[::15], ids=lambda entry: entry.name)
def test_single_mistake_is_carried_forward_in_the_trainings(mistake):
    lab = make_lab(sources(mistake))
    assert run(lab, "test_linear_data_training").error is None
    assert run(lab, "test_xor_training").error is None


@pytest.mark.parametrize(("first", "second"), drawn(APART, 100) + drawn(DEPENDENT, 20))
def test_two_mistakes_in_different_parts_are_both_named(first, second):
    found = results(sources(first, second), {first.part, second.part})
    assert charged(found) == {first.part, second.part}
    assert named(found) == {first.name, second.name}


@pytest.mark.parametrize(("first", "second"), drawn(TOGETHER, 60))
def test_two_mistakes_in_one_part_never_name_a_third(first, second):
    found = results(sources(first, second), {first.part})
    assert charged(found) == {first.part}
    assert named(found) <= {first.name, second.name}


def test_two_mistakes_that_hide_each_other_in_some_checks_are_both_named():
    by_name = {entry.name: entry for entry in CATALOGUE}
    pair = [by_name[name] for name in ("mse-loss-half-sum", "mse-gradient-is-difference")]
    assert named(results(sources(*pair), {"mse"})) == {entry.name for entry in pair}


def test_reference_is_not_diagnosed():
    found = results(REFERENCE)
    assert charged(found) == set()
    assert [diagnoser().explain(part, found[part]) for part in CHECKS] == [{} for _ in CHECKS]
