"""From training to a file of predictions and its score; and the recipe that goes beyond what is graded."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = ROOT / "solution"


@pytest.fixture
def long_recipe(monkeypatch):
    """The module `classifier_long`, with the reference beside it."""
    monkeypatch.syspath_prepend(str(SOLUTION))
    before = set(sys.modules)
    spec = importlib.util.spec_from_file_location("classifier_long", SOLUTION / "classifier_long.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    for name in set(sys.modules) - before:
        del sys.modules[name]


def run(environment, *command):
    done = subprocess.run(command, cwd=SOLUTION, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "command",
    [["train.py", "classifier", "--no-show"], ["classifier_long.py", "--epochs", "25"]],
    ids=["short", "long"],
)
def test_predictions_are_written_and_scored_as_the_training_says(command, environment, tmp_path):
    path = tmp_path / "predictions.csv"
    out = ["--out", str(tmp_path)] if command[0] == "train.py" else []
    printed = run(environment, sys.executable, *command, *out, "--predictions", str(path))
    shown = printed.partition("test accuracy ")[2].split()[0]
    scored = run(environment, sys.executable, "-m", "gradekit.cli.app", "score-predictions", str(path))
    assert shown in scored
    assert float(shown.rstrip("%")) > 95


def test_pictures_are_moved_by_whole_pixels_and_filled_with_background(long_recipe):
    rng = np.random.default_rng(3)
    images = rng.random((200, 784), dtype=np.float32)
    moved = long_recipe.shifted(images, rng, most=1).reshape(-1, 28, 28)
    seen = set()
    for before, after in zip(images.reshape(-1, 28, 28), moved, strict=True):
        found = []
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                expected = np.zeros((28, 28), dtype=np.float32)
                expected[max(0, down) : 28 + min(0, down), max(0, right) : 28 + min(0, right)] = before[
                    max(0, -down) : 28 + min(0, -down), max(0, -right) : 28 + min(0, -right)
                ]
                found += [(down, right)] if np.array_equal(after, expected) else []
        assert len(found) == 1
        seen.update(found)
    assert len(seen) == 9
