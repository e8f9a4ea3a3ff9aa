"""A copy of the tiny lab with a class of submissions, and the command line run on it as a user would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LAB = Path(__file__).parent.parent / "second_lab"
RIGHT = "def predict(x, weight):\n    return x @ weight\n\ndef gradient(x, y, weight):\n    return 2 * x.T @ (x @ weight - y) / len(y)\n"

SUBMISSIONS = {
    "student-001": RIGHT,
    "student-002": RIGHT.replace("2 * x.T", "x.T"),
    "student-003": "def predict(x, weight):\n    while True: pass\n" + RIGHT.partition("\n\n")[2],
    "student-004": "def predict(x, weight:\n",
    "student-005": 'def predict(x, weight):\n    raise NotImplementedError("TODO 1: predict")\n',
    "student-006": "print('noise ' * 1_000_000)\n" + RIGHT,
    "student-007": "import os\ndef predict(x, weight):\n    os._exit(0)\n" + RIGHT.partition("\n\n")[2],
}
TOTALS = {
    "student-001": 10,
    "student-002": 4,
    "student-003": 6,
    "student-004": 0,
    "student-005": 0,
    "student-006": 10,
    "student-007": 6,
}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAB, tmp_path / "course"))


@pytest.fixture
def handins(tmp_path: Path) -> Path:
    for student, text in SUBMISSIONS.items():
        folder = tmp_path / "class" / student
        folder.mkdir(parents=True)
        (folder / "regression.py").write_text(text)
    (tmp_path / "class" / "student-008").mkdir()
    return tmp_path / "class"


@pytest.fixture
def gradekit(course: Path) -> Run:
    def run(*arguments: str | Path, timeout: float = 120, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gradekit.cli.app", *map(str, arguments)]
        return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=timeout, **options)

    return run


def totals(run: Run, out: Path) -> dict[str, float]:
    report = json.loads(run("report", out, "--format", "json").stdout)
    return {entry["student"]: entry["total"] for entry in report["students"]}
