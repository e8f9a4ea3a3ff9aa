"""GitHub: workflows that pass their checkers, and their scripts run unchanged on real repositories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from workflow_runs import RIGHT, WRONG_GRADIENT, Hosting, commands, gradekit, packaged, run_step, steps

BIN = Path(sys.executable).parent
STUDENTS = "student,repository\nstudent-001,course/one\nstudent-002,course/two\nstudent-003,course/none\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packaged("github", tmp_path_factory)


def test_the_workflows_are_valid_and_safe(package: Path) -> None:
    files = [package / "student/.github/workflows/checks.yml", package / "grading/.github/workflows/grade.yml"]
    schema = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files]
    audit = [BIN / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", *files]
    for command in (schema, audit):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_checkers_refuse_what_is_wrong(package: Path, tmp_path: Path) -> None:
    text = (package / "student/.github/workflows/checks.yml").read_text()
    (tmp_path / "wrong.yml").write_text(text.replace("runs-on:", "runs_on:"))
    (tmp_path / "unsafe.yml").write_text(
        text.replace('"$GITHUB_STEP_SUMMARY"', "${{ github.event.head_commit.message }}")
    )
    schema = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", tmp_path / "wrong.yml"]
    audit = [BIN / "zizmor", "--offline", "--no-progress", tmp_path / "unsafe.yml"]
    for command in (schema, audit):
        assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode != 0


def test_hidden_checks_and_solution_are_in_the_grading_repository_alone(package: Path) -> None:
    grading = {path.relative_to(package / "grading").as_posix() for path in (package / "grading").rglob("*")}
    student = [path for path in (package / "student").rglob("*") if path.is_file()]
    assert "course/autograder/checks/hidden/test_regression.py" in grading
    assert not [path for path in student if "hidden" in path.parts or "test_gradient_random" in path.read_text()]
    assert (package / "student/regression.py").exists()


@pytest.mark.parametrize(("text", "passes"), [(RIGHT, True), (None, False)], ids=["right", "stub"])
def test_a_students_push_runs_the_public_checks(package: Path, tmp_path: Path, text: str | None, passes: bool) -> None:
    subprocess.run(["cp", "-R", package / "student", tmp_path / "repository"], check=True)
    repository = tmp_path / "repository"
    if text:
        (repository / "regression.py").write_text(f'print("::error::forged")\n{text}')
    found = steps(repository / ".github/workflows/checks.yml", "checks")
    environment = {"PATH": f"{BIN}:/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    done = run_step(found["Check"], repository, environment)
    assert (done.returncode == 0) is passes, done.stdout + done.stderr
    assert commands(done.stdout) == []
    assert run_step(found["Summary"], repository, environment).returncode == 0
    summary = (tmp_path / "summary.md").read_text()
    assert f"{int(passes)} of 1 public checks pass." in summary
    assert f"| `test_predict_example` | {'passed' if passes else 'not yet'} |" in summary


@pytest.fixture(scope="module")
def graded(package: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Hosting, dict[str, str]]:
    """The grading repository after its workflow has run, without the step that installs the kit (see test_gradescope)."""
    folder = tmp_path_factory.mktemp("grading")
    subprocess.run(["cp", "-R", package / "grading", folder / "repository"], check=True)
    repository = folder / "repository"
    (repository / "students.csv").write_text(STUDENTS)
    hosting = Hosting(folder / "hosting", "github.com")
    hosting.push("course/one", {"regression.py": RIGHT, "README.md": "#"}, "2026-12-01T12:00:00Z")
    hosting.push("course/two", {"regression.py": WRONG_GRADIENT}, "2026-12-02T13:00:00Z")
    (folder / "environment").symlink_to(sys.prefix)
    environment = {
        **hosting.environment,
        "RUNNER_TEMP": str(folder),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "STUDENT": "",
    }
    return repository, hosting, environment


def test_the_grading_workflow_clones_grades_reports_and_returns_feedback(graded) -> None:
    repository, hosting, environment = graded
    found = steps(repository / ".github/workflows/grade.yml", "grade")
    assert list(found) == ["Install", "Fetch the hand-ins", "Grade", "Report", "Return the feedback"]
    contexts = {"inputs": {"deadline": "2026-12-01 23:59 +0000", "threshold": "60"}, "secrets": {"HAND_INS_TOKEN": "t"}}
    fetched = run_step(found["Fetch the hand-ins"], repository, environment, contexts)
    assert fetched.returncode == 0, fetched.stderr
    assert "student-003: course/none could not be cloned" in fetched.stderr
    assert (repository / "late.csv").read_text() == "student,minutes\nstudent-002,781\n"
    assert not list((repository / "class").rglob(".git"))
    done = run_step(found["Grade"], repository, environment, contexts)
    assert done.returncode == 0, done.stderr
    reported = run_step(found["Report"], repository, environment, contexts)
    assert reported.returncode == 3
    assert "below 60 %: student-002 (4 of 10 points), student-003 (0 of 10 points)" in reported.stderr
    assert [(name, properties["title"]) for name, properties, _ in commands(reported.stdout)] == [
        ("error", "student-003")
    ]
    summary = Path(environment["GITHUB_STEP_SUMMARY"]).read_text()
    assert "| student-001 | 10 | graded |" in summary
    assert (repository / "grades/github/junit.xml").exists()
    returned = run_step(found["Return the feedback"], repository, environment, contexts)
    assert returned.returncode == 1  # student-003 has no repository to push to
    assert "student-003" in returned.stderr
    assert "**Total: 4 of 10 points**" in hosting.show("course/two", "feedback:FEEDBACK.md")
    assert "**Total: 10 of 10 points**" in hosting.show("course/one", "feedback:FEEDBACK.md")


@pytest.mark.parametrize(
    "line", ["../x,course/one", "student-001,https://elsewhere/x", "student-001,--upload-pack=x/y", "S,course/one"]
)
def test_a_roster_that_would_lead_elsewhere_is_refused(graded, tmp_path: Path, line: str) -> None:
    repository, _, environment = graded
    (tmp_path / "students.csv").write_text(f"student,repository\n{line}\n")
    command = ["bash", repository / "fetch.sh", "students.csv", "class"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "is no student id" in done.stderr
    assert not list((tmp_path / "class").iterdir())


@pytest.mark.parametrize(("threshold", "code"), [("40", 0), ("40.5", 3)])
def test_the_exit_code_of_one_hand_in_follows_the_threshold(
    package: Path, tmp_path: Path, threshold: str, code: int
) -> None:
    (tmp_path / "handin").mkdir()
    (tmp_path / "handin" / "regression.py").write_text(WRONG_GRADIENT)
    (tmp_path / "handin" / "other.ipynb").write_text("{}")
    (tmp_path / "handin" / "third.zip").write_text("")
    options = ("--student", "student-001", "--format", "github", "--threshold", threshold, "--out", tmp_path / "grades")
    done = gradekit("grade", tmp_path / "handin", *options, cwd=package / "grading" / "course")
    assert done.returncode == code, done.stderr
    found = commands(done.stdout)
    assert ("notice", {"title": "Linear regression"}, "4 of 10 points") in found
    errors = [(properties, message) for name, properties, message in found if name == "error"]
    assert [properties["file"] for properties, _ in errors] == ["regression.py"]
    assert errors[0][0]["title"] == "Gradient: A hidden check (6 points)"
    assert (
        (tmp_path / "grades/github/summary.md").read_text().startswith("# Linear regression: feedback for student-001")
    )
