"""Submissions a minute on the unit checks, against one plain pytest process per submission."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gradekit.confinement import gate
from gradekit.course import Course
from gradekit.quality.grading import read_corpus
from gradekit.records import RecordStore, open_output
from gradekit.running.grade import ClassGrading, GradeOptions

COURSE = Course.find(Path(__file__).parent)
SUBMISSIONS, PLAIN = 200, 6


def measure() -> Iterator[tuple[str, ...]]:
    """Yield the row of throughput."""
    kit, plain = kit_per_minute(), pytest_per_minute()
    yield (
        f"{SUBMISSIONS} submissions, {len(unit_checks())} unit checks each",
        f"{kit:.0f}/min",
        "a pytest process each, public unit checks only",
        f"{plain:.0f}/min",
        f"{kit / plain:.1f}×",
        "600/min",
    )


def unit_checks() -> tuple[str, ...]:
    """Return the names of the checks that neither train nor need data."""
    parts = [part for part in COURSE.config.parts if part.file not in ("", "classifier.py")]
    return tuple(check.name for part in parts for check in part.checks if check.limits == "unit")


def kit_per_minute() -> float:
    """Return the rate at which `gradekit grade` gets through copies of the reference."""
    base = read_corpus(COURSE, {"reference": COURSE.solution})[0]
    entries = [replace(base, student=f"student-{number:03d}") for number in range(SUBMISSIONS)]
    with tempfile.TemporaryDirectory() as folder:
        store = RecordStore(open_output(Path(folder)))
        grading = ClassGrading(COURSE, store, gate(False), GradeOptions(seed=1, only=unit_checks()))
        started = time.perf_counter()
        grading.run(entries, lambda _: None)
        seconds = time.perf_counter() - started
        outcomes = {outcome.status for record in store.load_all().records for outcome in record.outcomes}
    assert outcomes == {"passed"}, outcomes
    return 60 * SUBMISSIONS / seconds


def pytest_per_minute() -> float:
    """Return the rate of running pytest on the hand-out folder, two processes at a time."""
    with tempfile.TemporaryDirectory() as folder:
        handout = Path(folder) / "handout"
        shutil.copytree(COURSE.assignment, handout)
        for name in COURSE.config.files:
            shutil.copy(COURSE.solution / name, handout / name)
        command = [sys.executable, "-m", "pytest", "-q", "-k", "not mnist and not xor and not linear_data"]
        started = time.perf_counter()
        for _ in range(PLAIN // 2):
            pair = [subprocess.Popen(command, cwd=handout, stdout=subprocess.DEVNULL) for _ in range(2)]
            assert all(process.wait() == 0 for process in pair)
        return 60 * PLAIN / (time.perf_counter() - started)
