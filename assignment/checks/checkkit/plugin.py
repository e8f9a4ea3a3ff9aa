"""The pytest plugin of the hand-out: the fixtures of a check, over the student's own files, which lie above `checks/`.

A failed check shows its own short text instead of a traceback; an exception shows the lines of the student's files that
led to it, and the debugger (`--pdb`) stops where it was raised.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from _pytest._code import Traceback

from .failure import CheckFailure
from .handout import Handout, read_handout
from .local import LocalLab, ModuleObjects
from .session import generator, title_of

CHECKS = Path(__file__).resolve().parent.parent
FOLDER = CHECKS.parent
_REMARKS = pytest.StashKey[list[str]]()
_HANDOUT = pytest.StashKey[Handout]()


def pytest_configure(config: pytest.Config) -> None:
    """Let the student's files be imported from their folder, wherever pytest was started."""
    config.stash[_REMARKS] = []
    config.stash[_HANDOUT] = read_handout(CHECKS)
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the checks in the order of the rubric, and make `-k` find them by the name of their part as well."""
    handout = config.stash[_HANDOUT]
    order = {name: place for place, name in enumerate(handout.checks)}
    items.sort(key=lambda item: order.get(item.name, len(order)))
    for item in items:
        part = handout.part_of(item.name)
        item.extra_keyword_matches.update({part, part.replace("-", "_")} - {""})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Replace the traceback of a failed check by what the check has to say."""
    report = yield
    if call.excinfo and report.failed and isinstance(item, pytest.Function):
        report.longrepr = f"{title_of(item.function)}\n\n{_explained(call.excinfo, item.name)}"
    return report


def _explained(excinfo: pytest.ExceptionInfo[BaseException], check: str) -> str:
    """Return what a failed check has to say, or where in the student's files an exception came from."""
    error = excinfo.value
    if isinstance(error, NotImplementedError):
        return f"not implemented yet: {error}"
    text = str(error) if isinstance(error, CheckFailure) else str(excinfo.getrepr(style="short", tbfilter=_own_frames))
    return f"{text}\n\n  to stop here in the debugger: python -m pytest -k {check} --pdb"


def _own_frames(excinfo: pytest.ExceptionInfo[BaseException]) -> Traceback:
    """Keep the frames of the student's files; those of the checks, where there are no others."""
    inside = excinfo.traceback.filter(lambda entry: FOLDER in Path(entry.path).parents)
    return inside.filter(lambda entry: CHECKS not in Path(entry.path).parents) or inside or excinfo.traceback


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the remarks, which cost nothing."""
    remarks = config.stash[_REMARKS]
    if remarks:
        terminalreporter.section("remarks (they cost no points)")
        for text in dict.fromkeys(remarks):
            terminalreporter.write_line(text)


def load_datasets(folder: Path) -> ModuleType:
    """Return the `datasets` package in ``folder``, under a private name so that it hides no library of that name."""
    name = "_lab_datasets"
    if name not in sys.modules:
        package = folder / "datasets"
        spec = importlib.util.spec_from_file_location(
            name, package / "__init__.py", submodule_search_locations=[str(package)]
        )
        if spec is None or spec.loader is None:
            raise ImportError(f"{package} is not a package")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def lab(pytestconfig: pytest.Config) -> LocalLab:
    """The student's own functions and classes."""
    return LocalLab(ModuleObjects(pytestconfig.stash[_HANDOUT].files))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random numbers that are the same in every run of a check."""
    return generator(request.node.name)


@pytest.fixture
def settings(pytestconfig: pytest.Config) -> Mapping[str, Any]:
    """Tolerances and thresholds."""
    return pytestconfig.stash[_HANDOUT].settings


@pytest.fixture
def data() -> ModuleType:
    """The package `datasets`."""
    return load_datasets(FOLDER)


@pytest.fixture
def remark(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Say something at the end of the run that costs nothing."""
    return pytestconfig.stash[_REMARKS].append


@pytest.fixture
def flag() -> Callable[[str], None]:
    """Only the grader tells the assistant something."""
    return _ignore


@pytest.fixture
def measure(pytestconfig: pytest.Config) -> Callable[..., None]:
    """Show a number that was counted, such as an accuracy."""

    def show(name: str, value: float, data: str = "MNIST") -> None:
        pytestconfig.stash[_REMARKS].append(f"{name} on {data}: {value:.4g}")

    return show


def _ignore(text: str) -> None:
    """Take a text and do nothing with it."""
