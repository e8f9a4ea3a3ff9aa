"""Everything in the README is run: its commands, its links, its picture."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run: (\w+) -->\n```sh\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [(where, line) for where, block in BLOCKS for line in block.splitlines()]


def test_every_block_of_commands_says_where_it_is_run() -> None:
    assert len(BLOCKS) == README.count("```sh")
    assert {where for where, _ in BLOCKS} == {"make", "handout", "course"}


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-out as a student has it after the first hours: the core files are filled in."""
    folder = tmp_path_factory.mktemp("student") / "assignment"
    shutil.copytree(ROOT / "assignment", folder)
    for name in ("activations.py", "layers.py", "losses.py", "optimizers.py"):
        shutil.copy(ROOT / "solution" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with a small class in it."""
    folder = tmp_path_factory.mktemp("course")
    kept = ("assignment", "autograder", "datasets", "solution", "grading_config.py")
    for name in kept:
        (folder / name).symlink_to(ROOT / name)
    for student in ("student-004", "student-005"):
        shutil.copytree(ROOT / "autograder/corpus/sample-class" / student, folder / "class" / student)
    (folder / "class" / "student-004").rename(folder / "class" / "student-001")
    return folder


@pytest.mark.parametrize(
    ("where", "command"), [pair for pair in COMMANDS if pair[0] != "make"], ids=lambda value: value
)
def test_the_commands_of_the_readme_work(where: str, command: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(where)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command.split(), cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout


@pytest.mark.parametrize("command", [line for where, line in COMMANDS if where == "make"])
def test_the_two_commands_are_targets_of_the_makefile(command: str) -> None:
    done = subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "gradekit" in done.stdout or "pytest" in done.stdout


@pytest.mark.parametrize("page", ["README.md", "docs/security.md", "docs/architecture.md", "docs/decisions.md"])
def test_links_lead_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).is_file(), target
