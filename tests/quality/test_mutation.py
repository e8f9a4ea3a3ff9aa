"""Mutants of the reference: every one that is another function is refused by a check of this lab."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "checks"))

from check_runs import COURSE, make_lab, run

from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.quality.mutation import EQUIVALENTS, Mutant, equivalents, generate

REFERENCE = COURSE.reference_sources()
MUTANTS = generate(COURSE)
UNIT = {
    part.file: [check.name for other in COURSE.config.parts if other.file == part.file for check in other.checks]
    for part in COURSE.config.parts
}


def killer(mutant: Mutant, leave_out: str = "") -> str | None:
    """The first check of the mutant's file that refuses it."""
    for check in UNIT[mutant.file]:
        if check == leave_out:
            continue
        try:
            lab = make_lab({**REFERENCE, mutant.file: mutant.source})
        except Exception:
            return "loading"
        if run(lab, check).error is not None:
            return check
    return None


def test_there_are_mutants_of_every_graded_file_and_their_keys_tell_them_apart():
    assert {mutant.file for mutant in MUTANTS} == {"activations.py", "layers.py", "losses.py", "optimizers.py"}
    assert len({mutant.key for mutant in MUTANTS}) == len(MUTANTS) > 300
    assert all(mutant.before != mutant.after for mutant in MUTANTS)


def test_no_listed_equivalent_is_stale():
    assert set(equivalents(COURSE)) <= {mutant.key for mutant in MUTANTS}


@pytest.mark.parametrize("file", sorted({mutant.file for mutant in MUTANTS}))
def test_every_other_mutant_is_refused(file):
    listed = equivalents(COURSE)
    alive = [mutant.key for mutant in MUTANTS if mutant.file == file and killer(mutant) is None]
    assert set(alive) == {key for key in listed if key.startswith(file)}


def test_a_check_that_is_missing_lets_a_mutant_live():
    # the hidden check of Adam, without which its public one would be all
    alive = [
        mutant.after
        for mutant in MUTANTS
        if killer(mutant) == "test_adam_steps" and killer(mutant, leave_out="test_adam_steps") is None
    ]
    assert any("beta" in line for line in alive)


def test_the_list_must_give_reasons(tmp_path):
    course = Course(tmp_path)
    assert equivalents(course) == {}
    course.corpus.mkdir(parents=True)
    listing = course.corpus / EQUIVALENTS
    listing.write_text(json.dumps([{"file": "a.py", "before": "x", "after": "y", "reason": " "}]))
    with pytest.raises(CourseError, match=r"no reason for 'a\.py: x -> y'"):
        equivalents(course)
    listing.write_text("[1]")
    with pytest.raises(CourseError, match="must be a list of file, before, after and reason"):
        equivalents(course)


def test_mutants_of_another_lab_stay_between_its_markers(tmp_path):
    lab = shutil.copytree(Path(__file__).parents[1] / "second_lab", tmp_path / "lab")
    mutants = generate(Course(lab))
    text = (lab / "solution" / "regression.py").read_text()
    assert len(mutants) > 5
    assert all(mutant.before in text and "SOLUTION" not in mutant.before for mutant in mutants)
