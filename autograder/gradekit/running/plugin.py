"""The pytest plugin of a grader process: collects the checks once, then runs all of them for one submission after another."""

from __future__ import annotations

import contextlib
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from gradekit.boundary.client import WorkerPolicy, Zygote
from gradekit.boundary.remote import CallLimits, RemoteLab
from gradekit.checkkit.local import LocalLab
from gradekit.course import Course
from gradekit.diagnosis import Diagnoser, load_catalogue
from gradekit.errors import CourseError, GradekitError
from gradekit.modules import PublicNames, SourceModules
from gradekit.records import Outcome
from gradekit.rubric import Check, Limits
from gradekit.running.job import GraderSettings, Job
from gradekit.running.notes import CheckRun, Notes

Report = Callable[[Job, list[Outcome]], None]
Preload = tuple[str, ...]


class GraderPlugin:
    """Provides the fixtures of the checks and replaces pytest's loop over items by a loop over submissions."""

    def __init__(self, course: Course, settings: GraderSettings, jobs: Iterable[Job], report: Report) -> None:
        self._course = course
        self._settings = settings
        self._jobs = jobs
        self._report = report
        self._checks: dict[str, tuple[str, Check]] = {
            check.name: (part.name, check) for part in course.config.parts for check in part.checks
        }
        self._reference = LocalLab(PublicNames(SourceModules(course.reference_sources()), course.public_names()))
        self._items: dict[str, pytest.Item] = {}
        self._diagnoser: Diagnoser | None = None
        self._lab: Any = None
        self._notes = Notes()
        self._check = ""
        self._seed = -1
        self._collection_errors: list[str] = []
        self.failure: GradekitError | None = None

    # -- pytest's hooks ---------------------------------------------------------------------------------------------

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember why a check file could not be collected."""
        if report.failed:
            self._collection_errors.append(str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Note the exception itself; a formatted traceback is of no use here and slow to make."""
        if call.excinfo is not None:
            self._notes.error = call.excinfo.value
        outcome = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Grade every job with all collected checks; a mistake of the course's is kept in ``failure``."""
        try:
            items = self._chosen(session.items)
            self._items = {item.name: item for item in items}
            with contextlib.ExitStack() as running:
                chosen = {self._limits(item).preload for item in items}
                zygotes = {preload: running.enter_context(Zygote(preload)) for preload in sorted(chosen)}
                for job in self._jobs:
                    self._reseed(job.seed)
                    self._report(job, self._grade(zygotes, job, items))
        except GradekitError as error:
            self.failure = error
        return True

    def _reseed(self, seed: int) -> None:
        """Let all checks draw from ``seed``; a diagnoser knows the variants on the inputs of one seed only."""
        if seed != self._seed:
            self._seed = seed
            self._diagnoser = self._load_diagnoser() if self._settings.diagnose else None

    def _load_diagnoser(self) -> Diagnoser | None:
        course = self._course
        if not course.misconceptions.is_dir():
            return None
        catalogue = load_catalogue(course.misconceptions)
        return Diagnoser(catalogue, course.reference_sources(), course.public_names(), self._try_variant)

    def _chosen(self, items: list[pytest.Item]) -> list[pytest.Item]:
        if self._collection_errors:
            raise CourseError(f"a check file cannot be used:\n{self._collection_errors[0]}")
        items = [item for item in items if item.name not in self._course.config.left_out]
        for item in items:
            if item.name not in self._checks:
                raise CourseError(f"{item.name} belongs to no part: list it in grading_config.py, or remove it")
        return [item for item in items if not self._settings.only or item.name in self._settings.only]

    def _limits(self, item: pytest.Item) -> Limits:
        return self._course.config.limits[self._checks[item.name][1].limits]

    # -- fixtures ---------------------------------------------------------------------------------------------------

    @pytest.fixture
    def lab(self) -> Any:
        """The submission."""
        return self._lab

    @pytest.fixture
    def rng(self) -> np.random.Generator:
        """Random numbers that depend on the run's seed and the check's name alone."""
        return np.random.default_rng([self._seed, zlib.crc32(self._check.encode())])

    @pytest.fixture(scope="session")
    def settings(self) -> Mapping[str, float | int | str | bool]:
        """Tolerances and thresholds of the rubric."""
        return self._course.config.settings

    @pytest.fixture(scope="session")
    def data(self) -> ModuleType:
        """The course's `datasets` package."""
        return self._course.load_datasets()

    @pytest.fixture(scope="session")
    def reference(self) -> LocalLab:
        """The reference, in this process."""
        return self._reference

    @pytest.fixture
    def measure(self) -> Callable[..., None]:
        """Store a number that the check counted."""
        return self._notes.measure

    @pytest.fixture
    def remark(self) -> Callable[[str], None]:
        """Tell the student something that costs nothing."""
        return self._notes.remark

    @pytest.fixture
    def flag(self) -> Callable[[str], None]:
        """Ask the assistant to look, with the evidence."""
        return self._notes.flag

    # -- grading ----------------------------------------------------------------------------------------------------

    def _grade(self, zygotes: Mapping[Preload, Zygote], job: Job, items: list[pytest.Item]) -> list[Outcome]:
        deadline = time.monotonic() + self._course.config.submission_seconds
        runs: list[CheckRun] = []
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else None
            part, check = self._checks[item.name]
            limits = self._limits(item)
            lab = RemoteLab(zygotes[limits.preload], job.handin, self._policy(limits), _call_limits(limits), deadline)
            try:
                notes = self._run(item, lab, following)
            finally:
                output = lab.close()
            runs.append(CheckRun(check.name, part, notes, output))
        return [run.outcome(names) for run, names in zip(runs, self._explain(runs), strict=True)]

    def _explain(self, runs: list[CheckRun]) -> list[tuple[str, ...]]:
        """Return, for each run, the names of the misconceptions that explain its failure."""
        if self._diagnoser is None:
            return [() for _ in runs]
        results: dict[str, dict[str, BaseException | None]] = {}
        for run in runs:
            results.setdefault(run.part, {})[run.check] = run.notes.error
        names: dict[str, tuple[str, ...]] = {}
        found: list[str] = []  # a mistake named in one part may be why another looks as it does
        for part, errors in results.items():
            if any(errors.values()):
                explained = self._diagnoser.explain(part, errors, found)
                found += sorted({name for entry in explained.values() for name in entry} - set(found))
                names |= explained
        return [names.get(run.check, ()) for run in runs]

    def _try_variant(self, check: str, lab: LocalLab) -> BaseException | None:
        """Run one check on a known wrong variant in this process, with the inputs that the submission got."""
        # no next item: pytest then tears everything down, and any check may follow
        return self._run(self._items[check], lab, None).error

    def _run(self, item: pytest.Item, lab: Any, following: pytest.Item | None) -> Notes:
        self._notes, self._lab, self._check = Notes(), lab, item.name
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        notes = self._notes
        self._lab = None
        if isinstance(notes.error, GradekitError):
            raise notes.error
        return notes

    def _policy(self, limits: Limits) -> WorkerPolicy:
        return WorkerPolicy(limits.memory_bytes, limits.cpu_seconds, self._settings.uid, self._settings.layers)


def _call_limits(limits: Limits) -> CallLimits:
    return CallLimits(
        limits.call_seconds, limits.check_seconds, limits.load_seconds, limits.reply_bytes, limits.handles
    )


def pytest_arguments(course: Course) -> list[str]:
    """Return pytest's arguments for a grader process: only the course's checks, and no file of anybody's configuration."""
    quiet = (
        "cacheprovider",
        "terminal",
        "logging",
        "capture",
        "doctest",
        "junitxml",
        "pastebin",
        "stepwise",
        "faulthandler",
        "unraisableexception",
        "threadexception",
    )
    options = [argument for name in quiet for argument in ("-p", f"no:{name}")]
    folders = [str(folder) for folder in (course.public_checks, course.hidden_checks) if folder.is_dir()]
    return [*options, "-c", "/dev/null", "--rootdir", str(course.root), "--import-mode=importlib", *folders]
