"""Options of the whole test suite."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
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


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """A context in which `tmp_path` is visited as an ordinary user, also where the tests run as root, who may read everything."""

    @contextmanager
    def dropped() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        folders = (tmp_path, *tmp_path.parents[:2])
        modes = [folder.stat().st_mode for folder in folders]
        for folder in folders:
            folder.chmod(0o755)
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
            for folder, mode in zip(folders, modes, strict=True):
                folder.chmod(mode)

    return dropped


@pytest.fixture
def run_command() -> Callable[[str, Path], str]:
    """Run a command of a page in a folder, as a reader would with the kit installed, and return what it printed."""

    def run(command: str, folder: Path) -> str:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            shlex.split(command),
            cwd=folder,
            env={**os.environ, "PATH": path, "COLUMNS": "120"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout
        return done.stdout

    return run
