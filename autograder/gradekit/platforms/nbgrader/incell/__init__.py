"""`check("sigmoid")` in a cell that `nbgrader autograde` executes: all checks of one part, and the points that they pay.

A release puts a copy of this package into the nbgrader course, beside the hidden checks, the reference and what the
checks import; nothing of the engine is needed. It runs in the kernel that has executed the student's code: what comes out
is right for honest code, but it is no boundary.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .outcomes import Run, lines
from .plugin import Checks

FOLDER = Path(__file__).resolve().parent.parent
RUBRIC = "rubric.json"
_QUIET = ("cacheprovider", "terminal", "logging", "capture", "doctest", "junitxml", "pastebin", "stepwise")
_QUIET_TOO = ("faulthandler", "unraisableexception", "threadexception")


def check(part: str) -> float:
    """Run all checks of ``part`` on what the notebook has defined, print a line for each, and return the points.

    nbgrader takes the number that a test cell shows for its score. Raises ValueError for a part that does not exist and
    RuntimeError where the checks themselves cannot be run.
    """
    rubric = _rubric(FOLDER)
    if part not in rubric["parts"]:
        raise ValueError(f"no part is called {part!r}; there are: {', '.join(rubric['parts'])}")
    own = rubric["parts"][part]["checks"]
    runs = _run(_with_required(own, rubric["checks"]), rubric)
    for line in lines(own, runs, rubric):
        print(line)  # noqa: T201 - this is what a cell shows
    return round(sum(_worth(name, runs, rubric["checks"]) for name in own), 2)


@cache
def _rubric(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / RUBRIC).read_text(encoding="utf-8"))
    return content


def _with_required(names: list[str], checks: Mapping[str, Any]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(reversed(names))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += checks[name]["requires"]
    return list(found)


def _run(names: list[str], rubric: Mapping[str, Any]) -> dict[str, Run]:
    import pytest

    plugin = Checks(FOLDER, rubric, vars(sys.modules["__main__"]))
    options = [argument for name in (*_QUIET, *_QUIET_TOO) for argument in ("-p", f"no:{name}")]
    options += ["-c", os.devnull, "--rootdir", str(FOLDER), "--import-mode=importlib"]
    nodes = [f"{FOLDER / rubric['checks'][name]['file']}::{name}" for name in names]
    # a line on the standard error would cost the cell all its points
    with _quiet():
        code = pytest.main([*options, *nodes], plugins=[plugin])
    if code not in (0, 1) or any(name not in plugin.runs for name in names):
        raise RuntimeError(f"the checks could not be run (pytest ended with {int(code)})")
    return plugin.runs


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    setting = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(setting)
    os.environ[setting] = "1"
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        os.environ.pop(setting)
        if before is not None:
            os.environ[setting] = before


def _worth(name: str, runs: Mapping[str, Run], checks: Mapping[str, Any]) -> float:
    """Return the points that a check pays: none unless it and what it requires passed, else its own or its rungs'."""
    if not all(runs[other].passed for other in (name, *checks[name]["requires"])):
        return 0.0
    if not checks[name]["ladder"]:
        return float(checks[name]["points"])
    run = runs[name]
    reached = run.measures[checks[name]["measure"]]
    return sum((points for at, points in checks[name]["ladder"][run.data] if reached >= at), 0.0)
