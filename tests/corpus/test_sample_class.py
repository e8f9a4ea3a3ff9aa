"""The sample class: every kind of hand-in is there, and grading one check of every part finds what must be found."""

from __future__ import annotations

import zipfile

import pytest
from corpus_handins import COURSE, SAMPLE_CLASS, expected_class, rules

from gradekit.confinement import gate
from gradekit.intake import Refused, discover
from gradekit.quality.grading import grade_corpus
from gradekit.running.grade import GradeOptions

COMPOSED = ("network", "linear-data", "xor", "mnist")
SINGLE = [part for part in COURSE.config.parts if part.checks and part.name not in COMPOSED]
DEAREST = {part.name: max(part.checks, key=lambda check: check.points).name for part in SINGLE}
FAULTS = {  # what the dearest checks of the part that is wrong must say
    ("student-006", "linear-backward"): "failed",
    ("student-007", "linear-backward"): "raised",
    ("student-008", "mse"): "failed",
    ("student-009", "sgd"): "failed",
    ("student-010", "sigmoid-layer"): "failed",
    ("student-011", "mse"): "failed",
    ("student-005", "linear-forward"): "not-implemented",
    ("student-012", "adam"): "missing",
    ("student-014", "mse"): "syntax-error",
    ("student-016", "mse"): "time-out",
    ("student-017", "adam"): "time-out",
    ("student-018", "linear-backward"): "crashed",
    ("student-019", "sgd"): "memory",
    ("student-020", "mse"): "import-error",
}


@pytest.fixture(scope="module")
def submissions():
    return discover([SAMPLE_CLASS], rules())


@pytest.fixture(scope="module")
def graded(submissions):
    options = GradeOptions(seed=11, processes=2, only=tuple(DEAREST.values()), diagnose=False)
    return grade_corpus(COURSE, submissions, gate(practice=True), options, lambda: None)


def outcomes(graded):
    return {
        (student, outcome.part): outcome
        for student, found in graded.items()
        for outcome in found.record.outcomes
        if outcome.check == DEAREST.get(outcome.part)
    }


def test_every_student_has_expectations_for_every_part(submissions):
    assert [found.student for found in submissions] == sorted(expected_class())
    assert len(submissions) >= 14
    names = {part.name for part in COURSE.config.parts if part.checks}
    for student, entry in expected_class().items():
        refused = any(isinstance(found, Refused) and found.student == student for found in submissions)
        assert entry["status"] == ("ungradable" if refused else "graded")
        assert set(entry["parts"]) == (set() if refused else names)
        assert set(entry["parts"].values()) <= {"full", "partial", "none"}


def test_folders_a_notebook_and_a_zip_are_handed_in(submissions):
    kinds = {found.student: found.kind for found in submissions if not isinstance(found, Refused)}
    assert kinds["student-012"] == "notebook" and kinds["student-013"] == "zip"
    assert list(kinds.values()).count("folder") >= 10
    assert [found.student for found in submissions if isinstance(found, Refused)] == ["student-015"]


def test_an_id_holds_commas_quotes_and_chinese_characters():
    assert any("," in student and "'" in student and "測試" in student for student in expected_class())


def test_the_zip_holds_no_time_of_its_making():
    with zipfile.ZipFile(SAMPLE_CLASS / "student-013.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_right_parts_pass_and_wrong_parts_do_not(graded):
    found = outcomes(graded)
    for student, entry in expected_class().items():
        for part in SINGLE:
            expected = entry["parts"].get(part.name)
            if expected in ("full", "none"):
                passed = found[student, part.name].status == "passed"
                assert passed == (expected == "full"), (student, part.name, found[student, part.name])


def test_a_part_that_hangs_crashes_or_fills_the_memory_costs_itself_alone(submissions):
    ending = [found for found in submissions if found.student in ("student-016", "student-018", "student-019")]
    checks = ("test_network_gradients", "test_linear_data_training")
    options = GradeOptions(seed=12, processes=2, only=checks, diagnose=False)
    graded = grade_corpus(COURSE, ending, gate(practice=True), options, lambda: None)
    assert len(graded) == 3
    for student, found in graded.items():
        assert {outcome.check: outcome.status for outcome in found.record.outcomes} == dict.fromkeys(checks, "passed")
        remarks = {remark for outcome in found.record.outcomes for remark in outcome.remarks}
        assert all(remark.startswith("Checked with the course's") for remark in remarks), student
        assert remarks


def test_every_fault_is_named_by_its_own_status(graded):
    found = outcomes(graded)
    assert {key: found[key].status for key in FAULTS} == FAULTS


def test_endless_printing_is_cut_and_hinders_nobody(graded):
    printed = outcomes(graded)["student-017", "adam"].output
    assert printed.startswith("step 1 remaining") and len(printed) < 10_000
    assert graded["student-021, “測試” 'x'"].record.status == "graded"


def test_records_are_the_same_with_and_without_the_hostile_neighbours(graded, submissions):
    quiet = [found for found in submissions if found.student in ("student-003", "student-012")]
    options = GradeOptions(seed=11, processes=1, only=tuple(DEAREST.values()), diagnose=False)
    alone = grade_corpus(COURSE, quiet, gate(practice=True), options, lambda: None)
    assert {student: found.record for student, found in alone.items()} == {
        student: graded[student].record for student in alone
    }
