"""Copies of the tiny lab with something wrong in them, and a verification of each."""

from __future__ import annotations

import shutil
from pathlib import Path

from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.quality.finding import Finding
from gradekit.quality.plan import Plan
from gradekit.quality.verify import Verification, verify_course
from gradekit.release import release

LAB = Path(__file__).parents[1] / "second_lab"
CHECKS = "autograder/checks/hidden/test_regression.py"
CATALOGUE = "autograder/misconceptions/regression.py"
CONFIG = "grading_config.py"
SIZES = "quality=Quality(pairs=3, repeats=12, slow_repeats=2)"
# file, old text, new text
Edit = tuple[str, str, str]


class Watcher:
    """Remembers the stages of a verification, and how many gradings ended in each."""

    def __init__(self) -> None:
        self.stages: dict[str, int] = {}
        self.ended: dict[str, int] = {}

    def stage(self, title: str, total: int) -> None:
        self.stages[title] = total
        self.ended[title] = 0

    def step(self) -> None:
        self.ended[next(reversed(self.ended))] += 1


def tiny_course(folder: Path, *edits: Edit, quality: str = SIZES) -> Course:
    """A released copy of the tiny lab with ``edits`` in it."""
    root = Path(shutil.copytree(LAB, folder / "course"))
    config = (root / CONFIG).read_text()
    config = config.replace("Limits, Part\n", "Limits, Part, Quality\n").replace(
        '"rtol": 1e-9},\n', f'"rtol": 1e-9}},\n    {quality},\n'
    )
    assert quality in config
    (root / CONFIG).write_text(config)
    for name, old, new in edits:
        text = (root / name).read_text()
        assert text.count(old) == 1, (name, old)
        (root / name).write_text(text.replace(old, new))
    course = Course(root)
    release(course)
    return course


def verified(course: Course, *, full: bool = True, watcher: Watcher | None = None) -> Verification:
    """The findings of the engine about ``course``."""
    make = Plan.everything if full else Plan.sample
    return verify_course(course, gate(practice=True), make(course.config.quality, seed=1), watcher or Watcher())


def findings(verification: Verification) -> dict[str, Finding]:
    """Each finding by its name."""
    return {finding.name: finding for finding in verification.findings}


def missed(verification: Verification) -> set[str]:
    """The names of the findings whose bound is missed."""
    return {finding.name for finding in verification.findings if not finding.passed}
