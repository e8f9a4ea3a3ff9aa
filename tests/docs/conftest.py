"""The places in which the commands of the pages are run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-out as a student has it after the first hours: the core files are filled in."""
    folder = tmp_path_factory.mktemp("student") / "assignment"
    shutil.copytree(ROOT / "assignment", folder)
    for name in ("activations.py", "layers.py", "losses.py", "optimizers.py"):
        shutil.copy(ROOT / "solution" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with a small class in it, and the points that a person gave."""
    folder = tmp_path_factory.mktemp("course")
    kept = ("assignment", "autograder", "datasets", "solution", "grading_config.py")
    for name in kept:
        (folder / name).symlink_to(ROOT / name)
    for student in ("student-004", "student-005"):
        shutil.copytree(ROOT / "autograder/corpus/sample-class" / student, folder / "class" / student)
    (folder / "class" / "student-004").rename(folder / "class" / "student-001")
    (folder / "marks.csv").write_text("student,learning-rate,extras\nstudent-001,4,\nstudent-005,2.5,5\n")
    return folder
