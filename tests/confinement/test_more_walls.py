"""One more wall around the grader: bubblewrap, with what a container is run with in docs/security.md; and the image's build file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAND_IN = ROOT / "autograder" / "corpus" / "sample-class" / "student-005"
# as `docker run --read-only --network none --cap-drop ALL --user 1000`; what is written goes to /mnt, as the kit itself may lie in /tmp
WALL = (
    "bwrap --ro-bind / / --dev /dev --proc /proc --unshare-all --die-with-parent --cap-drop ALL --uid 1000 --gid 1000 "
    "--setenv TMPDIR /mnt"
).split()


def grade(out: Path, *wall: str) -> bytes:
    """Grade one hand-in, and return its record."""
    command = [sys.executable, "-m", "gradekit.cli.app", "grade", str(HAND_IN), "--seed", "1", "--course", str(ROOT)]
    seen = "/mnt" if wall else str(out)
    done = subprocess.run(
        [*wall, *command, "--out", f"{seen}/grades", "--format", "none"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (out / "grades" / "records" / f"{HAND_IN.name}.json").read_bytes()


def test_grading_behind_bubblewrap_is_confined_and_gives_the_same_record(tmp_path):
    if shutil.which("bwrap") is None:
        assert not os.environ.get("CI"), "CI needs bubblewrap"
        pytest.skip("bubblewrap is not installed")
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    behind = grade(tmp_path / "in", *WALL, "--bind", str(tmp_path / "in"), "/mnt")
    assert behind == grade(tmp_path / "out")
    assert b'"confined": true' in behind


def instructions() -> list[tuple[str, str]]:
    """The build file's instructions, with lines that go on joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    lines = (line.strip() for line in text.splitlines())
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line and not line.startswith("#")]


def test_the_image_copies_what_exists_and_what_the_ignore_file_lets_through():
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for word, rest in instructions() if word == "COPY" for name in rest.split()[:-1]}
    assert copied == let_through
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_installs_the_locked_packages_on_a_python_that_the_kit_supports():
    given = dict(instructions())
    version = re.search(r"python:3\.(\d+)-", given["FROM"])
    assert version is not None
    assert 10 <= int(version.group(1)) <= 13
    assert any("--require-hashes -r requirements.lock" in rest for word, rest in instructions() if word == "RUN")
    assert given["USER"] == "grader"
