"""Grade hand-ins of the course's own making for `verify`: names to what each check said and paid."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradekit.confinement import Confinement
from gradekit.course import Course
from gradekit.intake import Refused, Submission, read_submission
from gradekit.records import Record, RecordStore, open_output
from gradekit.rubric import GradingConfig
from gradekit.running.grade import ClassGrading, GradeOptions, intake_rules
from gradekit.scoring import CheckScore, Score, score

REFERENCE = "(reference)"


# check -> what it said and paid, of the checks that ran
Marks = Mapping[str, CheckScore]


@dataclass(frozen=True)
class Graded:
    """One hand-in of the corpus, its record and its score."""

    record: Record
    score: Score

    @property
    def marks(self) -> Marks:
        """What each check that ran said and paid."""
        checks = (check for part in self.score.parts.values() for check in part.checks)
        return {check.check.name: check for check in checks if check.check.name not in self.score.unrun}


def fast_checks(config: GradingConfig) -> tuple[str, ...]:
    """Return the checks that every grading of a verification can afford: neither slow nor in need of a slow one."""
    slow = {name for name, check in config.checks.items() if check.limits in config.quality.slow}
    return tuple(name for name in config.checks if not _required(config, name) & slow)


def slow_checks(config: GradingConfig) -> tuple[str, ...]:
    """Return the checks that are not fast, and what they require; none where all are fast."""
    slow = set(config.checks) - set(fast_checks(config))
    wanted = {other for name in slow for other in _required(config, name)}
    return tuple(name for name in config.checks if name in wanted)


def lost_points(marks: Marks, whole: Marks, config: GradingConfig) -> dict[str, float]:
    """Return part -> points that ``marks`` earn less than ``whole`` in the checks that ran, for the parts that lost any.

    A check that fails where ``whole`` passes also costs what pays only if it passes, though that did not run.
    """
    lost: dict[str, float] = {}
    for name, mark in marks.items():
        less = whole[name].points - mark.points
        if mark.outcome.status != "passed" == whole[name].outcome.status:
            others = (check for check in config.checks.values() if name in check.requires and check.name not in marks)
            less += sum(check.points for check in others)
        if less > 0:
            part = whole[name].outcome.part
            lost[part] = lost.get(part, 0.0) + less
    return lost


def read_corpus(course: Course, paths: Mapping[str, Path]) -> list[Submission]:
    """Return the hand-ins at ``paths`` under their names; of one that holds both files and a notebook, the files."""
    found = intake_rules(course)
    submissions = []
    for name, path in paths.items():
        notebook = path / found.notebook
        stubs = {found.notebook: notebook.read_text(encoding="utf-8")} if notebook.is_file() else {}
        files = any((path / file).is_file() for file in found.names)
        submissions.append(read_submission(path, name, replace(found, stubs=stubs if files else {})))
    return submissions


def grade_corpus(
    course: Course,
    submissions: Sequence[Submission | Refused],
    confinement: Confinement,
    options: GradeOptions,
    progress: Callable[[], None],
) -> dict[str, Graded]:
    """Grade ``submissions``, as a class is graded, in a folder that is thrown away."""
    course.prepare_data()
    with tempfile.TemporaryDirectory(prefix="gradekit-verify-") as folder:
        store = RecordStore(open_output(Path(folder)))
        ClassGrading(course, store, confinement, options).run(submissions, lambda _: progress())
        records = store.load_all().records
    return {record.student: Graded(record, score(record, course.config)) for record in records}


def _required(config: GradingConfig, name: str) -> set[str]:
    """The check and all that it requires, directly or through others."""
    return {name}.union(*(_required(config, other) for other in config.checks[name].requires))
