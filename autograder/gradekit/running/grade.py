"""Grade submissions into records: decide what is to run, run it on a pool, store each record as soon as it is whole."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gradekit import __version__
from gradekit.boundary.remote import Handin
from gradekit.checks_index import index_checks
from gradekit.confinement import Confinement, worker_uid
from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.intake import IntakeRules, Refused, Submission
from gradekit.records import Outcome, Record, RecordStore
from gradekit.rubric import validate_checks, validate_files
from gradekit.running.job import GraderSettings, Job
from gradekit.running.pool import Pool

Progress = Callable[[Record], None]


@dataclass(frozen=True)
class GradeOptions:
    """How to grade.

    Attributes
    ----------
    seed : what all checks draw from.
    processes : number of grader processes; 0: one per core.
    only : names of the checks to run; empty: all.
    diagnose : whether failures are compared with the catalogue.
    seeds : student -> a seed for this one submission instead; each new one costs a diagnosis all that it knows.
    """

    seed: int
    processes: int = 0
    only: tuple[str, ...] = ()
    diagnose: bool = True
    seeds: Mapping[str, int] = field(default_factory=dict)


def core_count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def intake_rules(course: Course) -> IntakeRules:
    """Return what intake needs to know of the course; the released stubs tell untouched files from filled ones."""
    config = course.config
    stubs = {}
    for path in sorted(course.assignment.glob("*")):
        if path.is_file():
            stubs[path.name] = path.read_text(encoding="utf-8")
    return IntakeRules(
        names=tuple(config.files),
        given=tuple(config.given),
        notebook=config.notebook,
        limits=config.intake,
        stubs=stubs,
    )


class ClassGrading:
    """The grading of one class into one output folder; raises CourseError where rubric, checks and files do not agree."""

    def __init__(self, course: Course, store: RecordStore, confinement: Confinement, options: GradeOptions) -> None:
        index = index_checks(course.public_checks, course.hidden_checks)
        validate_checks(course.config, {name: info.visibility for name, info in index.items()})
        validate_files(course.config, course.solution)
        _require_preloaded(course)
        self._course = course
        self._store = store
        self._confinement = confinement
        self._options = options
        self._content = course.content_key()

    def outdated(self, entries: Sequence[Submission | Refused]) -> list[Submission | Refused]:
        """Return the entries that have no current record."""
        return [entry for entry in entries if not self._store.is_current(entry.student, self._key(entry))]

    def run(self, entries: Sequence[Submission | Refused], progress: Progress) -> None:
        """Grade ``entries`` and store their records; what is stored stays, whatever ends the run."""
        submissions: list[Submission] = []
        for entry in entries:
            if isinstance(entry, Refused):
                self._store_record(entry, (), "ungradable", entry.reason, progress)
            else:
                submissions.append(entry)
        seeds, seed = self._options.seeds, self._options.seed
        jobs = [
            Job(number, entry.student, self.handin(entry), seeds.get(entry.student, seed))
            for number, entry in enumerate(submissions)
        ]

        def finished(job: Job, outcomes: list[Outcome]) -> None:
            self._store_record(submissions[job.number], tuple(outcomes), "graded", "", progress)

        def lost(job: Job) -> None:
            reason = "the grader process died twice while working on this submission; please report it"
            self._store_record(submissions[job.number], (), "ungradable", reason, progress)

        Pool(self._grader_settings(), finished, lost).run(jobs)

    def handin(self, submission: Submission) -> Handin:
        """Return the submission as a worker is given it: its files, with the given ones from the course."""
        config = self._course.config
        files = {**submission.files, **self._given_for(submission)}
        names = self._course.public_names()
        cell_names = [name.removesuffix(".py") for name in config.files] if submission.cells else []
        return Handin(files, dict(submission.unusable), submission.cells, cell_names, names)

    def _given_for(self, submission: Submission) -> dict[str, str]:
        """Return the given files that define public names, and all of them where the submission mentions any other one."""
        given, named = self._course.given_sources(), self._course.config.given
        texts = [*submission.files.values(), *submission.cells]
        others = [name.removesuffix(".py") for name in given if not named[name]]
        if any(name in text for name in others for text in texts):
            return given
        return {name: text for name, text in given.items() if named[name]}

    def _grader_settings(self) -> list[GraderSettings]:
        processes = self._options.processes or core_count()
        return [
            GraderSettings(
                course=str(self._course.root),
                slot=slot,
                uid=worker_uid(slot) if "uid" in self._confinement.layers else None,
                layers=tuple(sorted(self._confinement.layers)),
                only=self._options.only,
                diagnose=self._options.diagnose,
            )
            for slot in range(processes)
        ]

    def _store_record(
        self, entry: Submission | Refused, outcomes: tuple[Outcome, ...], status: str, reason: str, progress: Progress
    ) -> None:
        record = Record(
            lab=self._course.config.lab,
            student=entry.student,
            key=self._key(entry),
            status="graded" if status == "graded" else "ungradable",
            reason=reason,
            confined=self._confinement.confined,
            kind=entry.kind if isinstance(entry, Submission) else "",
            remarks=entry.remarks if isinstance(entry, Submission) else (),
            outcomes=outcomes,
        )
        self._store.save(record)
        progress(record)

    def _key(self, entry: Submission | Refused) -> str:
        digest = entry.digest if isinstance(entry, Submission) else entry.reason
        only = ",".join(self._options.only)
        parts = (__version__, self._content, digest, str(self._confinement.confined), only)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _require_preloaded(course: Course) -> None:
    """Raise CourseError for a module that a group of limits preloads and that is not installed."""
    used = {check.limits for check in course.config.checks.values()}
    for key in sorted(used):
        for name in course.config.limits[key].preload:
            top = name.partition(".")[0]
            if importlib.util.find_spec(top) is None:
                raise CourseError(f"limits {key!r} preload {top!r}, which is not installed here: pip install {top}")
