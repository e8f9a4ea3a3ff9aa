"""Grade the course's own corpus for `verify`: names to records and scores, in a folder that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradekit.confinement import Confinement
from gradekit.course import Course
from gradekit.intake import Refused, Submission, read_submission
from gradekit.records import Record, RecordStore, open_output
from gradekit.running.grade import ClassGrading, GradeOptions, intake_rules
from gradekit.scoring import Score, score


@dataclass(frozen=True)
class Graded:
    """One hand-in of the corpus, its record and its score."""

    record: Record
    score: Score


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
    """Grade ``submissions`` and return name -> record and score."""
    course.prepare_data()
    with tempfile.TemporaryDirectory(prefix="gradekit-verify-") as folder:
        store = RecordStore(open_output(Path(folder)))
        ClassGrading(course, store, confinement, options).run(submissions, lambda _: progress())
        records = store.load_all().records
    return {record.student: Graded(record, score(record, course.config)) for record in records}
