"""One course for all tests here: released, fetched, submitted and collected with nbgrader's own commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader_runs import FILLED, HAND_INS, LAB, RENAMED, NbgraderCourse, filled, make_lab


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> NbgraderCourse:
    """The course as it is when the deadline has passed; no test changes what lies in `submitted/`."""
    base = tmp_path_factory.mktemp("nbgrader")
    course = NbgraderCourse.make(base / "course", make_lab(base / "lab"))
    course.gradekit("release", "--nbgrader", course.folder)
    course.nbgrader("generate_assignment", LAB)
    course.nbgrader("release_assignment", LAB)
    desk = base / "desk"
    desk.mkdir()
    assert LAB in course.nbgrader("list", cwd=desk)
    course.nbgrader("fetch_assignment", LAB, cwd=desk)
    notebook = desk / LAB / "regression.ipynb"
    work = filled(json.loads(notebook.read_text(encoding="utf-8")), FILLED, "The squares are smallest there.")
    notebook.write_text(json.dumps(work), encoding="utf-8")
    course.nbgrader("submit", LAB, "--student=student-001", cwd=desk)
    course.nbgrader("collect", LAB)
    for student, hand_in in HAND_INS.items():
        course.collected(student, hand_in(course.released()), RENAMED.get(student, ""))
    return course


@pytest.fixture(scope="session")
def graded(collected: NbgraderCourse) -> Iterator[NbgraderCourse]:
    """The same course, graded by gradekit into its gradebook."""
    (collected.folder / "said").write_text(collected.gradekit("grade", "--nbgrader", collected.folder))
    yield collected


@pytest.fixture(scope="session")
def said(graded: NbgraderCourse) -> str:
    """What that command printed."""
    return (graded.folder / "said").read_text()


@pytest.fixture(scope="session")
def autograded(graded: NbgraderCourse) -> Path:
    """The folder that formgrader and feedback read."""
    return graded.folder / "autograded"
