"""A copy of the course with planted secrets, in which attacks are graded by the real command."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.quality.attacks.catalogue import Attack, place
from gradekit.report.formats import formats

CANARY_FILE = Path("/tmp/gradekit-canary")  # noqa: S108 - a well-known place is what attacks look in
CANARY_SETTING = "GRADEKIT_ATTACK_CANARY"
SEED = 20_031


@dataclass(frozen=True)
class Run:
    """One grading of a class: its output folder, and what each command printed, on both streams."""

    out: Path
    printed: Mapping[str, bytes]


class Arena:
    """A throw-away course root under ``folder``; its secret is planted wherever an attack might look for one."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.secret = f"canary-{secrets.token_hex(12)}"
        self.root = folder / "course"
        self._folder = folder
        wanted = (course.solution, course.datasets, course.assignment, course.misconceptions)
        for source in (*wanted, course.public_checks, course.hidden_checks):
            if source.is_dir():
                target = self.root / source.relative_to(course.root)
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(course.root / "grading_config.py", self.root)
        copied = Course(self.root)
        for tree in (copied.hidden_checks, copied.solution):
            for path in tree.rglob("*.py"):
                path.write_text(f"{path.read_text(encoding='utf-8')}\n# {self.secret}\n", encoding="utf-8")

    def grade(self, name: str, honest: Sequence[Path], attacks: Sequence[Attack]) -> Run:
        """Grade a class of ``honest`` hand-ins and ``attacks`` with the command line, and write every report."""
        handed_in, out = self._folder / f"class-{name}", self._folder / f"out-{name}"
        handed_in.mkdir()
        for path in honest:
            if path.is_dir():
                shutil.copytree(path, handed_in / path.name)
            else:
                shutil.copy2(path, handed_in / path.name)
        for attack in attacks:
            place(attack, handed_in)
        with planted(self.secret):
            printed = self._command(
                "printed by grade", "grade", handed_in, "--out", out, "--seed", SEED, "--format", "none"
            )
            for format_ in formats():
                printed |= self._command(f"printed.{format_}", "report", out, "--format", format_)
        return Run(out, printed)

    def _command(self, name: str, *arguments: object) -> dict[str, bytes]:
        command = [sys.executable, "-m", "gradekit.cli.app", *map(str, arguments), "--course", str(self.root)]
        environment = {**os.environ, CANARY_SETTING: self.secret, "NO_COLOR": "1", "COLUMNS": "200"}
        done = subprocess.run(command, capture_output=True, env=environment, cwd=self._folder, check=False)
        if done.returncode not in (0, 1):
            raise CourseError(f"gradekit {arguments[0]} ended with {done.returncode}: {done.stderr[-500:]!r}")
        return {name: done.stdout, f"standard error of {arguments[0]}": done.stderr}


class planted:  # noqa: N801 - a context manager
    """The secret in a file at a well-known place, readable for everyone; raises CourseError where something lies there."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __enter__(self) -> None:
        try:
            with CANARY_FILE.open("x", encoding="utf-8") as file:
                file.write(self._secret)
        except FileExistsError:
            raise CourseError(
                f"{CANARY_FILE} is there already: is another run of the attacks under way? else remove it"
            ) from None
        CANARY_FILE.chmod(0o644)

    def __exit__(self, *_: object) -> None:
        CANARY_FILE.unlink(missing_ok=True)
