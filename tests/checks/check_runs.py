"""Run this lab's checks in this process, on the reference with some of its files changed."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import gradekit.checkkit
from gradekit.checkkit.local import LocalLab
from gradekit.checkkit.session import run_check
from gradekit.course import Course
from gradekit.modules import PublicNames, SourceModules

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)


@dataclass
class Result:
    """What a run of one check left behind."""

    error: Exception | None = None
    remarks: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    measures: dict[str, tuple[float, str]] = field(default_factory=dict)

    def measure(self, name: str, value: float, data: str = "MNIST") -> None:
        """Keep a number, and what it was counted on."""
        self.measures[name] = (value, data)


def load(path: Path, name: str) -> ModuleType:
    """Load a file of checks, which import `checkkit`."""
    sys.modules["checkkit"] = gradekit.checkkit
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def all_checks() -> Mapping[str, Callable[..., None]]:
    """Every check of the course by its name, public ones first."""
    found = {}
    for folder in (COURSE.public_checks, COURSE.hidden_checks):
        for path in sorted(folder.glob("test_*.py")):
            module = load(path, f"_{folder.name}_{path.stem}")
            found.update({name: value for name, value in vars(module).items() if name.startswith("test_")})
    return {name: check for name, check in found.items() if name not in COURSE.config.left_out}


@functools.cache
def composing() -> ModuleType:
    """The package beside the hidden checks."""
    return load(COURSE.hidden_checks / "conftest.py", "_hidden_conftest").load_composing()


def make_lab(sources: Mapping[str, str]) -> LocalLab:
    """A submission of these files, in this process."""
    return LocalLab(PublicNames(SourceModules(sources), COURSE.public_names()))


@functools.cache
def reference() -> LocalLab:
    """The reference."""
    return make_lab(COURSE.reference_sources())


def variant(**additions: str) -> LocalLab:
    """The reference with code added at the end of its files, e.g. ``layers="class Linear(Linear): ..."``."""
    sources = COURSE.reference_sources()
    for module, text in additions.items():
        sources[f"{module}.py"] += f"\n\n{text}\n"
    return make_lab(sources)


def replaced(**files: str) -> LocalLab:
    """The reference with whole files replaced."""
    return make_lab({**COURSE.reference_sources(), **{f"{module}.py": text for module, text in files.items()}})


def run(lab: LocalLab, name: str, seed: int = 0, data: object = None) -> Result:
    """Run one check on a submission."""
    result = Result()
    remark = result.remarks.append
    fixtures = {
        "lab": lab,
        "reference": reference(),
        "settings": COURSE.config.settings,
        "data": data or COURSE.load_datasets(),
        "composing": composing(),
        "composition": composing().Composition(lab, reference(), remark),
        "remark": remark,
        "flag": result.flags.append,
        "measure": result.measure,
    }
    with warnings.catch_warnings():
        # what a submission computes with wrong numbers may overflow
        warnings.simplefilter("ignore")
        try:
            run_check(all_checks()[name], fixtures, seed)
        except Exception as error:
            result.error = error
    return result


@functools.cache
def embedded_digits() -> ModuleType:
    """A stand-in for the package `datasets`: the digits that come with it, whatever else this machine has."""
    package = COURSE.load_datasets()
    digits = importlib.import_module(f"{package.__name__}.digits")
    images = package.ImageData(*digits.load(), source="digits")
    stand_in = ModuleType("embedded_digits")
    stand_in.load_images = lambda *_, **__: images
    return stand_in


def unit_checks() -> list[str]:
    """All checks of single parts and of the network's gradients, those of 0 points left out."""
    return [name for name, check in COURSE.config.checks.items() if check.limits == "unit" and check.points]


def training_checks() -> list[str]:
    """The checks that compare a training with the reference's."""
    return ["test_linear_data_training", "test_xor_training", "test_mnist_recipe_step"]


def passed(lab: LocalLab, names: Iterable[str]) -> list[str]:
    """The checks that a submission passes."""
    return [name for name in names if run(lab, name, data=_data(name)).error is None]


def charged(lab: LocalLab, names: Iterable[str]) -> set[str]:
    """The parts that a submission fails a check of."""
    names = list(names)
    return {COURSE.config.part_of[name].name for name in set(names) - set(passed(lab, names))}


def _data(name: str) -> object:
    return embedded_digits() if "mnist" in name else None
