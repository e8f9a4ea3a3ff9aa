"""Options of the whole test suite."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; review them in the diff"
    )
    parser.addoption(
        "--every-hand-in",
        action="store_true",
        help="compare nbgrader and gradekit on the whole corpus, not on a sample",
    )


def pytest_configure():
    """Heed Ctrl-C, here and in every child: a shell that starts the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def error_state() -> Iterator[None]:
    """Give every test NumPy's default error state: hand-ins that are loaded in this process may change it."""
    with np.errstate(over="warn", under="ignore", divide="warn", invalid="warn"):
        yield


@pytest.fixture
def golden(request):
    """Compare a text with a golden file beside the test, or write that file with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = Path(request.path).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text, f"{name} differs; if that is meant, run again with --update-golden"

    return compare
