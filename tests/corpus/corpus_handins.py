"""Load hand-ins of the corpus in this process, as a worker would, without leaving their modules importable."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from gradekit.boundary.imports import import_hook
from gradekit.course import Course
from gradekit.intake import IntakeRules, Submission, read_submission
from gradekit.modules import SourceModules

COURSE = Course(Path(__file__).resolve().parents[2])
WHEATS = COURSE.corpus / "wheats"
SAMPLE_CLASS = COURSE.corpus / "sample-class"
NAMES = {name: file.removesuffix(".py") for file, names in COURSE.config.files.items() for name in names}
BONUS = ("ReLU", "SoftmaxCrossEntropy", "Adam")


@dataclass(frozen=True)
class Handin:
    """The public names of one hand-in as attributes."""

    modules: SourceModules

    def __getattr__(self, name: str) -> Any:
        with contextlib.redirect_stdout(io.StringIO()):
            return getattr(self.modules.load(NAMES[name]), name)


def rules() -> IntakeRules:
    """What may be handed in; the hand-out's stubs are not asked for."""
    config = COURSE.config
    return IntakeRules(tuple(config.files), tuple(config.given), config.notebook, config.intake)


def read(path: Path) -> Submission:
    """One hand-in as text."""
    return read_submission(path, path.name.removesuffix(".zip").removesuffix(".ipynb"), rules())


def load(path: Path) -> Handin:
    """One hand-in, its files executed when a name in them is first asked for."""
    submission = read(path)
    modules = SourceModules(
        {**submission.files, **COURSE.given_sources()},
        unusable=submission.unusable,
        cells=submission.cells,
        cell_names=tuple(file.removesuffix(".py") for file in COURSE.config.files),
        cell_wanted=tuple(NAMES),
        import_hook=import_hook,
    )
    return Handin(modules)


@cache
def reference() -> Handin:
    """The course's own solution."""
    return Handin(SourceModules(COURSE.reference_sources()))


@cache
def expected_wheats() -> dict[str, dict[str, float]]:
    """Wheat -> what it must earn."""
    return json.loads((WHEATS / "expected.json").read_text(encoding="utf-8"))


@cache
def expected_class() -> dict[str, dict[str, Any]]:
    """Student of the sample class -> what grading must find."""
    return json.loads((SAMPLE_CLASS / "expected.json").read_text(encoding="utf-8"))


@contextlib.contextmanager
def as_found() -> Iterator[None]:
    """Undo what a hand-in does to warning filters, NumPy's error state and its global generator; its prints go nowhere."""
    state = np.random.get_state()
    with (
        warnings.catch_warnings(),
        np.errstate(),
        np.printoptions(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("error")
        yield
    np.random.set_state(state)
