"""What students run while they work: checks that run again on every save."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from .conftest import RIGHT, Run


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
