"""GitLab: pipelines that GitLab's own schema accepts, and their scripts run unchanged on real repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from workflow_runs import RIGHT, WRONG_GRADIENT, Hosting, packaged

BIN = Path(sys.executable).parent
FILES = ["student/.gitlab-ci.yml", "grading/.gitlab-ci.yml"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packaged("gitlab", tmp_path_factory)


def check(*paths: Path) -> int:
    schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    done = subprocess.run([BIN / "check-jsonschema", *schema, *paths], capture_output=True, timeout=60, check=False)
    return done.returncode


def test_the_pipelines_are_valid(package: Path, tmp_path: Path) -> None:
    assert check(*(package / name for name in FILES)) == 0
    (tmp_path / "wrong.yml").write_text((package / FILES[1]).read_text().replace("reports:", "report:"))
    assert check(tmp_path / "wrong.yml") != 0


def run_job(file: Path, job: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a job's script unchanged, as GitLab's runner does: all lines in one shell that stops at the first failure.

    The first line of `before_script` installs packages, which test_gradescope does for the kit.
    """
    content = yaml.safe_load(file.read_text(encoding="utf-8"))[job]
    lines = [*content["before_script"][1:], *content["script"]]
    variables = {name: str(value) for name, value in content["variables"].items() if "$" not in str(value)}
    script = "set -eo pipefail\n" + "\n".join(lines)
    return subprocess.run(
        ["bash", "-c", 'eval "$SCRIPT"'],
        cwd=cwd,
        env={**os.environ, **variables, **environment, "SCRIPT": script},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_students_push_runs_the_public_checks(package: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-R", package / "student", tmp_path / "project"], check=True)
    project = tmp_path / "project"
    environment = {"PATH": f"{BIN}:/usr/bin:/bin"}
    assert run_job(project / FILES[0].split("/")[1], "checks", project, environment).returncode != 0
    (project / "regression.py").write_text(RIGHT)
    done = run_job(project / ".gitlab-ci.yml", "checks", project, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    suite = ET.parse(project / "junit.xml").getroot().find("testsuite")  # noqa: S314 - written a moment ago
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_the_grading_pipeline_clones_grades_reports_and_returns_feedback(package: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-R", package / "grading", tmp_path / "project"], check=True)
    project = tmp_path / "project"
    (project / "students.csv").write_text("student,repository\nstudent-001,group/sub/one\nstudent-002,group/sub/two\n")
    hosting = Hosting(tmp_path / "hosting", "gitlab.example")
    hosting.push("group/sub/one", {"regression.py": RIGHT}, "2026-12-01T12:00:00Z")
    hosting.push("group/sub/two", {"regression.py": WRONG_GRADIENT}, "2026-12-01T12:00:00Z")
    (tmp_path / "environment").symlink_to(sys.prefix)
    environment = {
        **hosting.environment,
        "CI_SERVER_HOST": "gitlab.example",
        "HAND_INS_TOKEN": "token",
        "ENVIRONMENT": str(tmp_path / "environment"),
        "RETURN_FEEDBACK": "yes",
    }
    done = run_job(project / ".gitlab-ci.yml", "grade", project, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    suites = ET.parse(project / "grades/junit.xml").getroot().findall("testsuite")  # noqa: S314 - written a moment ago
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("student-001", "3", "0"),
        ("student-002", "3", "1"),
    ]
    assert "**Total: 4 of 10 points**" in hosting.show("group/sub/two", "feedback:FEEDBACK.md")
    assert "token" not in done.stdout + done.stderr
    below = run_job(project / ".gitlab-ci.yml", "grade", project, {**environment, "THRESHOLD": "50"})
    assert below.returncode == 3
