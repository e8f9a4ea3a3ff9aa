"""What a student sees: pytest in the hand-out folder, and check() in the notebook."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from check_runs import COURSE

import gradekit.checkkit
from gradekit.checkkit.handout import Handout, PartChecks, read_handout

CONFTEST = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent / "checks"))
pytest_plugins = ["checkkit.plugin"]
"""


def handout() -> Handout:
    config = COURSE.config
    parts = {
        part.name: PartChecks(part.title, tuple(c.name for c in part.checks if c.visibility == "public"))
        for part in config.parts
    }
    return Handout(config.settings, {**config.files, **config.given}, parts)


@pytest.fixture
def folder(tmp_path):
    """A hand-out in which everything is solved."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(COURSE.public_checks, tmp_path / "checks", ignore=ignored)
    shutil.copytree(Path(gradekit.checkkit.__file__).parent, tmp_path / "checks" / "checkkit", ignore=ignored)
    shutil.copytree(COURSE.datasets, tmp_path / "datasets", ignore=ignored)
    (tmp_path / "checks" / "settings.json").write_text(handout().to_json())
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for name, text in COURSE.reference_sources().items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run Python in the hand-out as a student does: the engine cannot be imported there."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "PYTHON"))
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def run_pytest(folder: Path, *arguments: str) -> tuple[int, str]:
    return run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def append(path: Path, code: str) -> None:
    path.write_text(path.read_text() + "\n\n" + textwrap.dedent(code))


def test_settings_survive_the_way_through_json(folder):
    found = read_handout(folder / "checks")
    assert found == handout()
    assert found.part_of("test_mse_forward_values") == "mse"
    assert found.part_of("test_of_nothing") == ""
    assert found.checks[0] == "test_sigmoid_values"
    assert "rtol" in json.loads((folder / "checks" / "settings.json").read_text())["settings"]


def test_solved_handout_passes(folder):
    code, output = run_pytest(folder, "-k", "not mnist", "-W", "error")
    assert code == 0, output
    expected = sum(check.visibility == "public" for check in COURSE.config.checks.values()) - 1
    assert f"{expected} passed" in output


def test_failures_explain_themselves(folder):
    append(folder / "activations.py", 'def sigmoid(z):\n    raise NotImplementedError("TODO 1: sigmoid")')
    append(
        folder / "layers.py",
        """
        class Linear(Linear):
            def forward(self, x):
                return undefined + x
        """,
    )
    append(
        folder / "losses.py",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                return np.array(super().forward(prediction, target))

            def backward(self):
                return super().backward() * 3
        """,
    )
    (folder / "optimizers.py").unlink()
    code, output = run_pytest(folder, "-k", "sigmoid_values or linear_forward or mse or sgd_step")
    assert code == 1
    assert "not implemented yet: TODO 1: sigmoid\n" in output
    assert "NameError: name 'undefined' is not defined" in output
    assert "It is exactly 3 times too large." in output
    assert "python -m pytest -k test_mse_backward_values --pdb" in output
    assert "SGD not found\n  returned  no file called optimizers.py\n  expected  optimizers.py with SGD in it" in output
    remarks = output.partition("remarks (they cost no points)")[2]
    assert remarks.count("an array without dimensions") == 1
    # the frames of the checks and of pytest are of no help
    assert not re.search(r"^(checks|.*site-packages).*: in ", output, re.MULTILINE)
    assert "layers.py:" in output
    places = [output.index(f" {name} ___") for name in ("test_sigmoid_values", "test_mse_backward_values")]
    assert places == sorted(places)


def test_part_names_find_checks(folder):
    code, output = run_pytest(folder, "-k", "softmax-cross-entropy", "--collect-only")
    assert code == 0
    assert "1/18 tests collected" in output
    code, output = run_pytest(folder, "-k", "sigmoid_layer", "--collect-only")
    assert "2/18 tests collected" in output


def test_exception_of_a_check_itself_shows_where(folder):
    (folder / "checks" / "test_broken.py").write_text(
        'def test_broken(lab, flag, measure):\n    "Broken."\n    measure("x", 1)\n    flag("x")\n    1 / 0\n'
    )
    code, output = run_pytest(folder, "-k", "broken")
    assert code == 1
    assert "checks/test_broken.py:5: in test_broken" in output
    assert "x on MNIST: 1" in output


NOTEBOOK = """
import sys
sys.path.insert(0, "checks")
import numpy as np
from checkkit.notebook import check

def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))

class MSELoss:
    def forward(self, prediction, target):
        return np.mean((prediction - target) ** 2)
    def backward(self):
        {body}

check("sigmoid")
check("{part}")
"""


@pytest.mark.parametrize(
    ("part", "body", "expected"),
    [
        ("mse", "return 1 / 0", "ZeroDivisionError: division by zero"),
        ("mse", "return None", "None (is a return statement missing?)"),
        ("xor", "pass", "Linear not found"),
        ("nonsense", "pass", "no part is called 'nonsense'; there are: sigmoid, sigmoid-layer"),
    ],
)
def test_notebook_check_runs_on_what_the_notebook_defines(folder, part, body, expected):
    code, output = run(folder, "-c", NOTEBOOK.format(part=part, body=body))
    assert code == 1
    assert output.count("passed  sigmoid ") == 2
    assert expected in output
    if part == "mse":
        assert "passed  MSELoss.forward is the mean" in output
        assert "FAILED  MSELoss.backward is the derivative" in output
        assert "AssertionError: mse: 1 of 2 checks failed" in output


def test_notebook_check_is_silent_about_the_rest_when_all_pass(folder):
    code, output = run(folder, "-c", NOTEBOOK.format(part="sigmoid", body="pass"))
    assert code == 0, output
    assert (
        output.splitlines()
        == [
            "passed  sigmoid gives the right numbers, for every element of an array.",
            "passed  sigmoid is right for very large and very small z, and emits no overflow warning.",
        ]
        * 2
    )
