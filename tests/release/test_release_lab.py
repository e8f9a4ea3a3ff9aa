"""This repository's own hand-out, used as a student uses it: its README's examples, its notebook, its checks."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gradekit.course import Course
from gradekit.release import build, differences
from gradekit.release.materials import load, source_notebook
from gradekit.release.notebook import notebook_bytes
from gradekit.release.publish import write_tree


@pytest.fixture(scope="module")
def handout(lab_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the hand-out as students get it."""
    folder = tmp_path_factory.mktemp("handout")
    write_tree(folder, build(lab_course))
    return folder


def execute(folder: Path, notebook: bytes) -> list[dict[str, Any]]:
    """Run a notebook in the folder with a real kernel, going on after errors; return its cells."""
    (folder / "run.ipynb").write_bytes(notebook)
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--allow-errors",
        "--stdout",
        "run.ipynb",
    ]
    environment = {**os.environ, "JUPYTER_PLATFORM_DIRS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=110)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)["cells"]


def errors(cells: list[dict[str, Any]]) -> dict[str, str]:
    """Return cell id -> name of the exception, for the cells that raised one."""
    found = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                found[cell["id"]] = output["ename"]
    return found


def test_assignment_is_what_the_sources_generate(lab_course: Course):
    assert differences(lab_course) == []


def test_every_example_in_the_readme_comes_out_as_printed(handout: Path):
    result = doctest.testfile(str(handout / "README.md"), module_relative=False)
    assert result.attempted >= 15 and result.failed == 0


def test_the_numbers_worked_by_hand_are_right():
    import numpy as np

    x, weight, grad = np.array([[1.0, 2], [3, 4]]), np.array([[1.0], [-1]]), np.array([[1.0], [-2]])
    assert (x @ weight + 0.5).tolist() == [[-0.5], [-0.5]]
    assert (x.T @ grad).tolist() == [[-5], [-6]] and grad.sum() == -1
    assert (grad @ weight.T).tolist() == [[1, -1], [-2, 2]]


def test_the_readme_speaks_of_every_part_and_every_file(handout: Path, lab_course: Course):
    text = (handout / "README.md").read_text(encoding="utf-8")
    config = lab_course.config
    for name in (*config.files, *config.given, config.notebook, *(part.name for part in config.parts)):
        assert f"`{name}`" in text
    assert f"Together {config.maximum:g} points" in text


def test_the_limits_that_the_readme_promises_are_granted(handout: Path, lab_course: Course):
    text = " ".join((handout / "README.md").read_text(encoding="utf-8").split())
    assert "60 seconds of CPU time on one core and 2 GB of memory" in text
    limits = lab_course.config.limits["mnist"]
    assert limits.cpu_seconds >= 60 and limits.memory_bytes >= 2 << 30


def test_every_command_of_the_table_selects_the_public_checks_of_its_part(handout: Path, lab_course: Course):
    table = dict(
        re.findall(
            r"^\| `([a-z-]+)`.*`python -m pytest -k (\w+)`", (handout / "README.md").read_text(encoding="utf-8"), re.M
        )
    )
    public = {
        part.name: {check.name for check in part.checks if check.visibility == "public"}
        for part in lab_course.config.parts
    }
    assert set(table) == {name for name, checks in public.items() if checks}
    script = "import json, sys, pytest\n" + COLLECT
    run = subprocess.run(
        [sys.executable, "-c", script, *table.values()],
        cwd=handout,
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    selected = json.loads(run.stdout.splitlines()[-1])
    for part, keyword in table.items():
        assert public[part] <= set(selected[keyword])


COLLECT = """
class Collected:
    def pytest_collection_finish(self, session):
        self.names = [item.name for item in session.items]

found = {}
for keyword in sys.argv[1:]:
    collected = Collected()
    pytest.main(["-q", "--collect-only", "-p", "no:cacheprovider", "-k", keyword], plugins=[collected])
    found[keyword] = collected.names
print()
print(json.dumps(found))
"""


def test_the_source_notebook_passes_every_check_in_a_real_kernel(handout: Path, lab_course: Course):
    cells = execute(handout, notebook_bytes(source_notebook(load(lab_course))))
    checks = [cell for cell in cells if cell["id"].startswith("check-")]
    assert errors(cells) == {}
    assert len(checks) >= 9
    for cell in checks:
        printed = "".join(text for output in cell["outputs"] for text in output["text"])
        assert "passed" in printed and "FAILED" not in printed


def test_in_the_students_notebook_every_check_fails_and_nothing_else(handout: Path, lab_course: Course):
    cells = execute(handout, (handout / lab_course.config.notebook).read_bytes())
    checks = {cell["id"] for cell in cells if cell["id"].startswith("check-")}
    assert errors(cells) == dict.fromkeys(checks, "AssertionError")


def test_in_the_students_folder_every_check_fails(handout: Path, lab_course: Course):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
    run = subprocess.run(command, cwd=handout, capture_output=True, text=True, timeout=110)
    public = [check for check in lab_course.config.checks.values() if check.visibility == "public"]
    assert run.stdout.splitlines()[-1].startswith(f"{len(public)} failed in ")
