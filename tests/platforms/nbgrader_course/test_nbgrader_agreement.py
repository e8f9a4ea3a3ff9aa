"""`nbgrader autograde` alone, in its own process, gives the points that gradekit gives across its boundary.

A sample by default, without the digits; `--every-hand-in` grades all right hand-ins and all known mistakes, which takes
about an hour of one core.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from lab_hand_ins import COURSE, as_notebook, every_hand_in, files_beside
from nbgrader.api import Gradebook
from nbgrader_runs import NbgraderCourse, cell

from gradekit.confinement import gate
from gradekit.platforms.nbgrader.source import cell_name, lay_down
from gradekit.quality.grading import fast_checks, grade_corpus
from gradekit.running.grade import GradeOptions

CONFIG = COURSE.config
SAMPLE = (
    *("(stub)", "plain-vectorised", "notebook-own-imports", "helper-module", "unguarded-exp"),
    *("sigmoid-layer-cache-shared-by-all-layers", "mse-gradient-not-averaged", "linear-grad-input-without-transpose"),
)
SLOW = ("mnist",)

Points = Mapping[str, Mapping[str, float]]


@pytest.fixture(scope="module")
def chosen(request: pytest.FixtureRequest):
    """The hand-ins to compare, by nbgrader's ids."""
    found = every_hand_in()
    if request.config.getoption("--every-hand-in"):
        return found
    assert set(SAMPLE) <= set(found), sorted(set(SAMPLE) - set(found))
    return {name: found[name] for name in SAMPLE}


@pytest.fixture(scope="module")
def course(request: pytest.FixtureRequest, chosen, tmp_path_factory: pytest.TempPathFactory) -> NbgraderCourse:
    """A course whose hand-ins nbgrader alone has graded."""
    course = NbgraderCourse.make(tmp_path_factory.mktemp("agreement") / "course", COURSE)
    lay_down(COURSE, course.folder)
    course.nbgrader("generate_assignment", CONFIG.lab)
    everything = request.config.getoption("--every-hand-in")
    left_out = () if everything else tuple(map(cell_name, SLOW))
    for name, submission in chosen.items():
        course.collected(name, as_notebook(course.released(), submission, left_out))
        for file, text in files_beside(submission).items():
            (course.folder / "submitted" / name / CONFIG.lab / file).write_text(text, encoding="utf-8", newline="")
    course.nbgrader("autograde", CONFIG.lab, timeout=100 + 60 * len(chosen))
    return course


@pytest.fixture(scope="module")
def autograded(course: NbgraderCourse) -> Points:
    """Hand-in -> part -> points, as nbgrader counts them."""
    with Gradebook(course.gradebook_url(), "course") as gradebook:
        submissions = gradebook.assignment_submissions(CONFIG.lab)
        return {
            submission.student.id: {
                grade.name.removeprefix("check-"): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.name.startswith("check-")
            }
            for submission in submissions
        }


@pytest.fixture(scope="module")
def across_the_boundary(request: pytest.FixtureRequest, chosen) -> Points:
    """The same as gradekit counts them."""
    only = () if request.config.getoption("--every-hand-in") else fast_checks(CONFIG)
    options = GradeOptions(seed=7, only=only, diagnose=False)
    graded = grade_corpus(COURSE, list(chosen.values()), gate(practice=True), options, lambda: None)
    return {
        name: {part: scored.points for part, scored in found.score.parts.items() if not scored.part.manual}
        for name, found in graded.items()
    }


def test_nbgrader_and_gradekit_agree_on_every_part(request: pytest.FixtureRequest, autograded, across_the_boundary):
    assert autograded.keys() == across_the_boundary.keys()
    slow = () if request.config.getoption("--every-hand-in") else SLOW
    different = {
        (name, part): (autograded[name][part], points)
        for name, parts in across_the_boundary.items()
        for part, points in parts.items()
        if part not in slow and autograded[name][part] != pytest.approx(points)
    }
    assert not different


def test_the_sample_holds_right_and_wrong_hand_ins(across_the_boundary):
    totals = sorted(sum(parts.values()) for parts in across_the_boundary.values())
    assert totals[0] == 0 and totals[-1] >= 100 and len(set(totals)) >= 4


def printed(course: NbgraderCourse, student: str, part: str) -> str:
    path = course.folder / "autograded" / student / CONFIG.lab / CONFIG.notebook
    shown = cell(json.loads(path.read_text(encoding="utf-8")), cell_name(part))
    return "".join("".join(output.get("text", "")) for output in shown["outputs"])


def test_a_test_cell_says_what_failed_and_nothing_of_hidden_inputs(course: NbgraderCourse):
    right, wrong = printed(course, "plain-vectorised", "mse"), printed(course, "mse-gradient-not-averaged", "mse")
    assert "4 of 4 hidden checks passed" in right and "FAILED" not in right
    assert "FAILED  MSELoss" in wrong and "expected" in wrong
    _, _, of_hidden = wrong.partition("hidden checks passed\n")
    assert of_hidden.startswith("FAILED  a hidden check: ")
    assert "returned" not in of_hidden and "array" not in of_hidden and "test_mse" not in wrong
