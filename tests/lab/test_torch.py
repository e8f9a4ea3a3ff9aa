"""Task 2 really run: the course with PyTorch switched on, graded across the boundary, and the comparison with Task 1."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RIGHT = (ROOT / "solution" / "torch_classifier.py").read_text(encoding="utf-8")
CLASS = {
    "student-001": RIGHT,
    "student-002": RIGHT.replace("import torch\n", "import torch, subprocess\nsubprocess.run(['true'])\n", 1),
    "student-003": RIGHT.replace("    torch.manual_seed(seed)\n", "    print(open('/etc/hostname').read())\n"),
}
POINTS = {"student-001": 10, "student-002": 0, "student-003": 0}


@pytest.fixture(scope="module")
def pytorch():
    """PyTorch, which is an extra; CI has it."""
    if os.environ.get("CI"):
        import torch
    else:
        torch = pytest.importorskip("torch", reason="install requirements-bench.txt to run this")
    return torch


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    for name in ("solution", "datasets", "autograder/checks", "autograder/misconceptions"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    rubric = (ROOT / "grading_config.py").read_text(encoding="utf-8")
    assert "TASK_2 = False\n" in rubric
    (root / "grading_config.py").write_text(rubric.replace("TASK_2 = False\n", "TASK_2 = True\n"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def handins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for student, text in CLASS.items():
        (folder / student).mkdir()
        (folder / student / "torch_classifier.py").write_text(text, encoding="utf-8")
    return folder


def gradekit(course, environment, *arguments):
    command = [sys.executable, "-m", "gradekit.cli.app", *map(str, arguments), "--course", str(course)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.usefixtures("pytorch")
def test_task_2_is_graded_confined_with_pytorch_preloaded(course, environment, handins, tmp_path):
    out = tmp_path / "out"
    done = gradekit(course, environment, "grade", handins, "--out", out, "--format", "json")
    assert done.returncode == 0, done.stderr
    students = json.loads(done.stdout)["students"]
    entries = {student["student"]: student["checks"]["test_torch_ladder"] for student in students}
    assert {student: entry["points"] for student, entry in entries.items()} == POINTS
    assert entries["student-001"]["measures"]["accuracy"] > 0.95
    assert "subprocess" in (out / "records" / "student-002.json").read_text()
    assert all(json.loads(path.read_text())["confined"] for path in (out / "records").iterdir())


@pytest.mark.usefixtures("pytorch")
def test_the_hand_out_has_a_stub_of_task_2_only_where_it_is_switched_on(course, environment):
    done = gradekit(course, environment, "release")
    assert done.returncode == 0, done.stderr
    stub = (course / "assignment" / "torch_classifier.py").read_text(encoding="utf-8")
    assert 'raise NotImplementedError("TODO T1: fit_mnist_torch")' in stub
    assert "SOLUTION" not in stub
    assert "`torch`" in (course / "assignment" / "README.md").read_text(encoding="utf-8")
    assert not (ROOT / "assignment" / "torch_classifier.py").exists()


def test_a_library_that_is_missing_is_named_before_anything_is_graded(course, environment, handins, tmp_path):
    other = tmp_path / "course"
    shutil.copytree(course, other)
    rubric = (other / "grading_config.py").read_text(encoding="utf-8")
    (other / "grading_config.py").write_text(
        rubric.replace('preload=("torch",', 'preload=("no_such_library",'), "utf-8"
    )
    done = gradekit(other, environment, "grade", handins, "--out", tmp_path / "out")
    assert done.returncode != 0
    assert "limits 'torch' preload 'no_such_library', which is not installed here" in " ".join(done.stderr.split())


@pytest.mark.usefixtures("pytorch")
def test_both_tasks_stand_in_one_table_and_unscaled_pixels_fail_at_a_large_rate(environment, tmp_path):
    command = [sys.executable, "torch_classifier.py", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT / "solution", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    tasks, rates = (
        list(csv.DictReader((tmp_path / name).read_text(encoding="utf-8").splitlines()))
        for name in ("tasks.csv", "rates.csv")
    )
    assert [row["task"] for row in tasks] == ["Task 1, NumPy", "Task 2, PyTorch"]
    assert all(share(row) > 0.94 for row in tasks)
    found = {(row["pixels"], row["lr"]): row for row in rates}
    assert share(found["pixels 0 to 255", "0.1"]) < 0.2
    assert float(found["pixels 0 to 255", "0.1"]["largest loss"]) > 1e3
    assert share(found["pixels 0 to 255", "0.001"]) > 0.85
    assert (tmp_path / "rates.png").stat().st_size > 10_000


def share(row):
    return float(row["test accuracy"].rstrip("%")) / 100
