"""What students run while they work: checks that run again on every save, and the gradient debugger."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from .conftest import RIGHT, Run

ROOT = Path(__file__).resolve().parents[2]


class Watching:
    """A running `gradekit check --watch`, and what it has printed so far."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-u", "-m", "gradekit.cli.app", "check", str(folder), "--watch"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.printed = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line

    def end(self) -> None:
        """Kill it if it still runs, and close the pipe."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def until(self, words: str, times: int = 1) -> None:
        """Wait until ``words`` were printed so often."""
        end = time.monotonic() + 60
        while self.printed.count(words) < times:
            assert time.monotonic() < end, self.printed
            assert self.process.poll() is None, self.printed
            time.sleep(0.05)


def test_watching_checks_again_when_a_file_is_saved_and_ends_without_a_traceback(gradekit: Run, course: Path) -> None:
    assert gradekit("release").returncode == 0
    folder = course / "assignment"
    watching = Watching(folder)
    try:
        watching.until("waiting for a file to be saved")
        assert "0 of 1 public checks pass" in watching.printed
        (folder / "regression.py").write_text(RIGHT)
        watching.until("1 of 1 public checks pass")
        assert "regression.py" in watching.printed
        watching.until("waiting for a file to be saved", times=2)
        (folder / "notes.txt").write_text("not a file that checks read")
        watching.process.send_signal(signal.SIGINT)
        assert watching.process.wait(20) == 0
        assert "Traceback" not in watching.printed
        assert watching.printed.count("public checks pass") == 2
    finally:
        watching.end()


def lab_handout(tmp_path: Path, change: tuple[str, str, str] | None = None) -> Path:
    """The back-propagation lab's hand-out, filled in right, or with ``change`` (file, text, other text)."""
    folder = tmp_path / "handout"
    shutil.copytree(ROOT / "assignment", folder)
    for name in ("activations.py", "layers.py", "losses.py", "optimizers.py"):
        shutil.copy(ROOT / "solution" / name, folder)
    if change is not None:
        file, old, new = change
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))
    return folder


def gradcheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gradekit.cli.app", "gradcheck", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    "name", ["activations.Sigmoid", "activations.ReLU", "layers.Linear", "losses.MSELoss", "losses.SoftmaxCrossEntropy"]
)
def test_right_gradients_are_shown_right_with_a_picture(tmp_path: Path, name: str) -> None:
    folder = lab_handout(tmp_path)
    done = gradcheck(folder, name, "--rows", "3")
    assert done.returncode == 0, done.stderr
    assert ": right" in done.stdout
    assert ": wrong" not in done.stdout
    assert "… " in done.stdout or name == "layers.Linear"
    assert (folder / f"gradcheck-{name}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        (
            "layers.Linear",
            (
                "layers.py",
                "self.grad_weight = self.x.T @ grad_output",
                "self.grad_weight = self.x.T @ grad_output / len(self.x)",
            ),
            ("grad_weight, shape (3, 2): wrong", "exactly 4 times too small", "grad_bias, shape (2,): right"),
        ),
        (
            "losses.MSELoss",
            ("losses.py", "return 2 * ", "return 1 * "),
            ("It is exactly half", "0.5"),
        ),
        (
            "layers.Linear",
            ("layers.py", "self.grad_bias = grad_output.sum(axis=0)", "self.grad_bias = grad_output.sum()"),
            ("grad_bias: is an array of shape ()", "must be an array of shape (2,)"),
        ),
    ],
)
def test_a_wrong_gradient_is_shown_with_what_it_looks_like(tmp_path: Path, name, change, words) -> None:
    done = gradcheck(lab_handout(tmp_path, change), name)
    assert done.returncode == 1
    for word in words:
        assert word in done.stdout, done.stdout


def test_gradcheck_says_what_can_be_looked_at_and_where_code_raised(
    tmp_path: Path, gradekit: Run, course: Path
) -> None:
    folder = lab_handout(tmp_path, ("layers.py", "self.grad_bias = ", "self.grad_bias = undefined + "))
    raised = gradcheck(folder, "layers.Linear")
    assert raised.returncode == 1
    assert "your code raised NameError: name 'undefined' is not defined (layers.py, line" in raised.stderr
    assert "choose one of: activations.Sigmoid" in gradcheck(folder, "Linear").stderr
    assert "is not a hand-out" in gradcheck(tmp_path, "layers.Linear").stderr
    shutil.copy(ROOT / "assignment" / "layers.py", folder)
    assert "TODO" in gradcheck(folder, "layers.Linear").stderr
    assert gradekit("release").returncode == 0
    assert "this lab offers no gradients" in gradcheck(course / "assignment", "regression.predict").stderr
