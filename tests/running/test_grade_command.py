"""`gradekit grade` on a lab that the engine has never seen: outcomes, independence, resuming, interruption, bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import RIGHT, TOTALS, Run, totals


def records(out: Path) -> dict[str, dict]:
    return {
        data["student"]: data for data in (json.loads(path.read_text()) for path in (out / "records").glob("*.json"))
    }


def test_a_class_gets_the_points_that_each_earned_and_nobody_disturbs_another(
    gradekit: Run, handins: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = gradekit("grade", handins, "--out", out)
    assert done.returncode == 0, done.stderr
    assert totals(gradekit, out) == {**TOTALS, "student-008": 0}
    found = records(out)
    assert found["student-008"]["status"] == "ungradable"
    statuses = {student: {o["check"]: o["status"] for o in data["outcomes"]} for student, data in found.items()}
    assert statuses["student-003"]["test_predict_random"] == "time-out"
    assert statuses["student-004"]["test_gradient_random"] == "syntax-error"
    assert statuses["student-005"]["test_predict_example"] == "not-implemented"
    assert statuses["student-005"]["test_gradient_random"] == "missing"
    assert statuses["student-007"]["test_predict_random"] == "crashed"
    outputs = {o["output"][:12] for o in found["student-006"]["outcomes"]}
    assert outputs == {"noise noise "}
    feedback = {path.name: path.read_text() for path in (out / "feedback").glob("*.md")}
    assert len(feedback) == 8
    assert "predict" in feedback["student-004.md"]
    assert len((out / "gradebook.csv").read_text(encoding="utf-8-sig").splitlines()) == 9


def test_records_do_not_depend_on_who_else_is_graded_or_on_the_number_of_processes(
    gradekit: Run, handins: Path, tmp_path: Path
) -> None:
    gradekit("grade", handins, "--out", tmp_path / "all", "--seed", "5", "-j", "2")
    gradekit(
        "grade", handins / "student-001", handins / "student-002", "--out", tmp_path / "two", "--seed", "5", "-j", "1"
    )
    for student in ("student-001", "student-002"):
        paths = [tmp_path / out / "records" / f"{student}.json" for out in ("all", "two")]
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_given_files_are_there_for_those_who_import_them(
    gradekit: Run, course: Path, handins: Path, tmp_path: Path
) -> None:
    rubric = course / "grading_config.py"
    rubric.write_text(rubric.read_text().replace("given={}", 'given={"tools.py": (), "more_tools.py": ()}'))
    (course / "solution" / "tools.py").write_text("from more_tools import product\n")
    (course / "solution" / "more_tools.py").write_text("def product(x, weight):\n    return x @ weight\n")
    for student, text in {"student-001": RIGHT, "student-002": "from tools import product\n" + RIGHT}.items():
        own = text.replace("return x @ weight", "return product(x, weight)", 1) if "product" in text else text
        (handins / student / "regression.py").write_text(own)
    chosen = [handins / "student-001", handins / "student-002"]
    done = gradekit("grade", *chosen, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert totals(gradekit, tmp_path / "out") == {"student-001": 10, "student-002": 10}


def test_a_second_run_grades_only_what_changed(gradekit: Run, handins: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    gradekit("grade", handins / "student-001", handins / "student-002", "--out", out)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "records").iterdir()}
    (handins / "student-002" / "regression.py").write_text(RIGHT)
    again = gradekit("grade", handins / "student-001", handins / "student-002", "--out", out)
    assert "1 of 2 graded already" in again.stderr
    after = {path.name: path.stat().st_mtime_ns for path in (out / "records").iterdir()}
    assert [name for name in before if before[name] != after[name]] == ["student-002.json"]
    assert totals(gradekit, out) == {"student-001": 10, "student-002": 10}


def test_changed_checks_grade_everything_again_and_a_changed_rubric_only_scores_again(
    gradekit: Run, handins: Path, course: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    gradekit("grade", handins / "student-001", "--out", out)
    config = course / "grading_config.py"
    config.write_text(config.read_text().replace("points=4", "points=14").replace('random", 3)', 'random", 13)'))
    assert "1 of 1 graded already" in gradekit("grade", handins / "student-001", "--out", out).stderr
    assert totals(gradekit, out) == {"student-001": 20}
    check = course / "autograder/checks/public/test_predict.py"
    check.write_text(check.read_text().replace("[12.0, 34.0]", "[12.0, 35.0]"))
    assert "graded already" not in gradekit("grade", handins / "student-001", "--out", out).stderr
    assert totals(gradekit, out) == {"student-001": 19}


def test_an_interrupted_run_keeps_what_is_finished_and_goes_on_from_there(
    handins: Path, course: Path, gradekit: Run, tmp_path: Path
) -> None:
    for number in range(20, 80):
        folder = handins / f"student-{number:03d}"
        folder.mkdir()
        (folder / "regression.py").write_text(RIGHT + f"# {number}\n")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gradekit.cli.app", "grade", str(handins), "--out", str(out), "-j", "1"]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list((out / "records").glob("*.json"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    kept = records(out)
    assert 5 <= len(kept) < 68
    done = gradekit("grade", handins, "--out", out)
    assert f"{len(kept)} of 68 graded already" in done.stderr
    assert len(records(out)) == 68


def test_a_killed_grader_process_loses_nothing(handins: Path, course: Path, gradekit: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gradekit.cli.app", "grade", str(handins), "--out", str(out), "-j", "1"]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    grader = wait_for_grader(process.pid)
    os.kill(grader, signal.SIGKILL)
    process.communicate(timeout=90)
    assert process.returncode == 0
    assert totals(gradekit, out) == {**TOTALS, "student-008": 0}


def wait_for_grader(parent: int) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for child in children:
            if b"gradekit.running.process" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.01)
    raise AssertionError("no grader process was started")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["grade", "nowhere"], "nowhere"),
        (["grade", "grading_config.py", "--out", "x"], "grading_config.py"),
        (["grade", "solution", "--out", "grading_config.py"], "is a file"),
        (["grade", "solution", "--colour"], "--colour"),
        (["grade", "solution", "--course", "/"], "grading_config.py"),
        (["report", "nowhere"], "nowhere"),
        (["check", "solution"], "not a hand-out"),
        (["datasets", "fetch"], "no download"),
    ],
    ids=" ".join,
)
def test_a_mistake_on_the_command_line_is_one_line_that_names_it(
    gradekit: Run, arguments: list[str], text: str
) -> None:
    done = gradekit(*arguments)
    assert done.returncode != 0
    assert text in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("points=4", "points=5", "predict"),
        ('Check("test_gradient_random", 6)', 'Check("test_gradient_rendom", 6)', "test_gradient_rendom"),
        ('"gradient", title', '"gradient" title', "grading_config.py:19: syntax error"),
        ("call_seconds=5", "call_seconds=-5", "call_seconds"),
        ("def test_gradient_random", "def test_gradient_random(:", "test_regression.py"),
    ],
)
def test_a_mistake_in_the_course_stops_the_run_and_names_it(
    gradekit: Run, course: Path, handins: Path, old: str, new: str, text: str
) -> None:
    for path in (course / "grading_config.py", course / "autograder/checks/hidden/test_regression.py"):
        path.write_text(path.read_text().replace(old, new))
    done = gradekit("grade", handins / "student-001", "--out", "out")
    assert done.returncode != 0
    assert text in done.stderr
    assert "Traceback" not in done.stderr


WITHOUT_SECCOMP = """
import dataclasses, sys
import gradekit.confinement.gate
module = sys.modules["gradekit.confinement.gate"]
real = module.availability
module.availability = lambda: tuple(
    dataclasses.replace(state, available=state.available and state.name != "seccomp") for state in real()
)
from gradekit.cli.app import main
main()
"""


def test_without_confinement_only_practice_is_possible_and_every_output_says_so(
    course: Path, handins: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-c",
            WITHOUT_SECCOMP,
            "grade",
            str(handins / "student-001"),
            "--out",
            str(out),
            *arguments,
        ]
        return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=60)

    refused = run()
    assert refused.returncode != 0
    assert "seccomp" in refused.stderr
    assert "--practice" in refused.stderr
    done = run("--practice")
    assert done.returncode == 0, done.stderr
    assert "not confined" in done.stderr
    assert "not confined" in done.stdout.lower()
    assert "not confined" in (out / "feedback" / "student-001.md").read_text().lower()
    assert records(out)["student-001"]["confined"] is False
