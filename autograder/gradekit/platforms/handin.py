"""Grade one hand-in whose student is known from elsewhere, as a platform does for every submission."""

from __future__ import annotations

import secrets
from pathlib import Path

from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.errors import IntakeError
from gradekit.intake import Refused, Submission, read_submission
from gradekit.records import Record, RecordStore, open_output
from gradekit.running.grade import ClassGrading, GradeOptions, intake_rules


def read_handin(course: Course, path: Path, student: str) -> Submission | Refused:
    """The hand-in at `path`, whatever its name and whatever lies beside the files; refused with the reason."""
    try:
        return read_submission(path, student, intake_rules(course))
    except IntakeError as error:
        return Refused(student, str(error))


def grade_handin(course: Course, path: Path, student: str, out: Path, *, practice: bool = False) -> Record:
    """The record of one hand-in, graded now; its inputs are drawn anew.

    Raises GradekitError where the course is not usable, and ConfinementError where this machine cannot confine it.
    """
    confinement = gate(practice)
    store = RecordStore(open_output(out))
    grading = ClassGrading(course, store, confinement, GradeOptions(seed=secrets.randbits(63)))
    course.prepare_data()
    records: list[Record] = []
    grading.run([read_handin(course, path, student)], records.append)
    return records[0]
