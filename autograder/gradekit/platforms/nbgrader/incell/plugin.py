"""The pytest plugin of `check` in a kernel: the fixtures of a grader, over the notebook's own objects."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from gradekit.checkkit.local import LocalLab
from gradekit.checkkit.plugin import load_datasets
from gradekit.checkkit.session import generator
from gradekit.modules import PublicNames, SourceModules

from .outcomes import Run

# not known before the kernel starts, and the same in all cells of a notebook
_SEED = secrets.randbits(63)


class NotebookNames(Mapping[str, Any]):
    """The notebook's objects by name; what the course gives comes from the course, as when gradekit grades."""

    def __init__(self, objects: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self._objects = objects
        self._given = given

    def __getitem__(self, name: str) -> Any:
        return self._given[name] if name in self._given else self._objects[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._objects), **dict.fromkeys(self._given)})

    def __len__(self) -> int:
        return len({*self._objects, *self._given})


class Checks:
    """Fixtures for the checks in ``folder``; ``runs`` holds afterwards what each check said."""

    def __init__(self, folder: Path, rubric: Mapping[str, Any], objects: Mapping[str, Any]) -> None:
        self._folder = folder
        self._rubric = rubric
        self._lab = LocalLab(NotebookNames(objects, _public_names(folder, rubric["given"])))
        self._reference = LocalLab(_public_names(folder, {**rubric["files"], **rubric["given"]}))
        self._now = Run()
        self.runs: dict[str, Run] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a new outcome."""
        self._now = self.runs[item.name] = Run()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Note the exception itself; nobody reads a traceback."""
        if call.excinfo is not None and self._now.error is None:
            self._now.error = call.excinfo.value
        outcome = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    @pytest.fixture
    def lab(self) -> LocalLab:
        """The submission."""
        return self._lab

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers of this kernel and this check."""
        return generator(request.node.name, _SEED)

    @pytest.fixture(scope="session")
    def settings(self) -> Mapping[str, Any]:
        """Tolerances and thresholds of the rubric."""
        settings: Mapping[str, Any] = self._rubric["settings"]
        return settings

    @pytest.fixture(scope="session")
    def data(self) -> ModuleType:
        """The course's package `datasets`."""
        return load_datasets(self._folder)

    @pytest.fixture(scope="session")
    def reference(self) -> LocalLab:
        """The reference."""
        return self._reference

    @pytest.fixture
    def measure(self) -> Callable[..., None]:
        """Store a number that the check counted."""

        def store(name: str, value: float, data: str = "") -> None:
            self._now.measures[name] = round(float(value), 6)
            self._now.data = data or self._now.data

        return store

    @pytest.fixture
    def remark(self) -> Callable[[str], None]:
        """Tell the student something that costs nothing."""
        return self._now.remarks.append

    @pytest.fixture
    def flag(self) -> Callable[[str], None]:
        """Only gradekit tells the assistant something."""
        return _ignore


def _ignore(text: str) -> None:
    """Take a text and do nothing with it."""


def _public_names(folder: Path, files: Mapping[str, list[str]]) -> PublicNames:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (folder / "solution").glob("*.py")}
    homes = {name: file.removesuffix(".py") for file, names in files.items() for name in names}
    return PublicNames(SourceModules(sources), homes)
