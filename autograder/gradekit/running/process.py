"""A grader process: reads its settings and then jobs from standard input, writes outcomes to standard output, one JSON line each."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from gradekit import checkkit
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.records import Outcome
from gradekit.running.job import GraderSettings, Job, outcome_to_plain
from gradekit.running.plugin import GraderPlugin, pytest_arguments

FAILED = 3


def main() -> int:
    """Serve jobs until standard input ends; 0, or `FAILED` after an error line."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    settings = GraderSettings.from_line(requests.readline())
    _pin(settings.slot)
    try:
        return serve(settings, requests, answers)
    except GradekitError as error:
        answers.write(json.dumps({"error": str(error)}).encode() + b"\n")
        return FAILED


def serve(settings: GraderSettings, requests: BinaryIO, answers: BinaryIO) -> int:
    """Run pytest once; inside it, grade every job of ``requests``."""

    def report(job: Job, outcomes: list[Outcome]) -> None:
        line = {"number": job.number, "outcomes": [outcome_to_plain(outcome) for outcome in outcomes]}
        answers.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")

    course = Course(Path(settings.course))
    plugin = GraderPlugin(course, settings, _jobs(requests), report)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ.pop("PYTEST_PLUGINS", None)
    alias_checkkit()
    code = pytest.main(pytest_arguments(course), plugins=[plugin])
    if plugin.failure is not None:
        raise plugin.failure
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise GradekitError(f"pytest ended with {code!r} in the grader process")
    return 0


def _jobs(requests: BinaryIO) -> Iterator[Job]:
    for line in requests:
        yield Job.from_line(line)


def alias_checkkit() -> None:
    """Let checks import the kit by its short name, in the grader as in the hand-out, without a second copy of its classes."""
    for module in pkgutil.iter_modules(checkkit.__path__):
        importlib.import_module(f"{checkkit.__name__}.{module.name}")
    for name in [name for name in sys.modules if name.startswith(checkkit.__name__)]:
        sys.modules[name.removeprefix("gradekit.")] = sys.modules[name]


def _pin(slot: int) -> None:
    """Keep the grader, its zygote and its workers on one core: waking a process on another one costs ten times as much."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[slot % len(cores)]})


if __name__ == "__main__":
    sys.exit(main())
