"""Workflows and pipelines as files that are checked, and as scripts that are run as their runners run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

LAB = Path(__file__).parents[1] / "second_lab"
RIGHT = "def predict(x, weight):\n    return x @ weight\n\ndef gradient(x, y, weight):\n    return 2 * x.T @ (x @ weight - y) / len(y)\n"
WRONG_GRADIENT = RIGHT.replace("2 * x.T", "x.T")

_COMMAND = re.compile(r"::([a-z-]+)(?: ([^:]*))?::(.*)")
_EXPRESSION = re.compile(r"\$\{\{ (inputs|secrets)\.([\w-]+) \}\}")


def gradekit(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gradekit.cli.app", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def packaged(platform: str, factory: pytest.TempPathFactory) -> Path:
    """`gradekit package` of the tiny lab, whose hand-out is released first, once for all tests."""
    course = factory.getbasetemp() / "released-course"
    if not course.exists():
        shutil.copytree(LAB, course)
        done = gradekit("release", cwd=course)
        assert done.returncode == 0, done.stderr
    package = factory.mktemp(platform) / "package"
    done = gradekit("package", platform, "--out", package, cwd=course)
    assert done.returncode == 0, done.stderr
    return package


def steps(workflow: Path, job: str) -> dict[str, dict]:
    """The steps of a GitHub workflow's job that run scripts, by name."""
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    return {step["name"]: step for step in content["jobs"][job]["steps"] if "run" in step}


def run_step(
    step: dict, cwd: Path, environment: Mapping[str, str], contexts: Mapping[str, Mapping[str, str]] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a step's script unchanged, as GitHub's runner does without `shell:`; `contexts` are inputs and secrets."""
    known = contexts or {}

    def value(text: str) -> str:
        return _EXPRESSION.sub(lambda match: known[match[1]].get(match[2], ""), text)

    given = {name: value(str(text)) for name, text in step.get("env", {}).items()}
    assert "${{" not in step["run"]  # whatever an expression holds would be run
    return subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=cwd,
        env={**os.environ, **environment, **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands that GitHub's runner takes from a log, decoded: name, properties, message."""
    found = []
    stopped = ""
    for line in log.splitlines():
        match = _COMMAND.match(line)
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif match and match[1] == "stop-commands":
            stopped = match[3]
        elif match:
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
            properties = {name: _decoded(value, "\n%", ":,") for name, value in pairs}
            found.append((match[1], properties, _decoded(match[3], "\n%")))
        else:
            assert "##[" not in line, line
    assert not stopped
    return found


def _decoded(text: str, *characters: str) -> str:
    for character in reversed("".join(characters)):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


class Hosting:
    """Bare repositories that Git reaches under the address of a host; cloned and pushed to by the real Git."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder = folder
        folder.mkdir()
        settings = folder / "gitconfig"
        settings.write_text(
            f'[url "{folder.as_uri()}/"]\n\tinsteadOf = https://{host}/\n'
            "[user]\n\tname = student\n\temail = student@localhost\n[init]\n\tdefaultBranch = main\n"
        )
        self.environment = {"GIT_CONFIG_GLOBAL": str(settings), "GIT_ALLOW_PROTOCOL": "file", "HOST": host}

    def push(self, repository: str, files: Mapping[str, str], committed: str) -> None:
        """Make a repository whose one commit holds `files`; `committed` is its time, such as 2026-12-01T12:00:00Z."""
        bare = self.folder / f"{repository}.git"
        work = self.folder / "work" / repository
        work.mkdir(parents=True)
        self._git("init", "--quiet", "--bare", str(bare))
        self._git("-C", str(work), "init", "--quiet")
        for name, text in files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(text)
        self._git("-C", str(work), "add", "--all")
        dated = {"GIT_COMMITTER_DATE": committed, "GIT_AUTHOR_DATE": committed}
        self._git("-C", str(work), "commit", "--quiet", "--message", "hand in", **dated)
        self._git("-C", str(work), "push", "--quiet", str(bare), "HEAD")

    def show(self, repository: str, what: str) -> str:
        return self._git("-C", str(self.folder / f"{repository}.git"), "show", what)

    def _git(self, *arguments: str, **more: str) -> str:
        environment = {**os.environ, **self.environment, **more}
        done = subprocess.run(["git", *arguments], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
