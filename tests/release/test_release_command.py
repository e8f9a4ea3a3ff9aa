"""`gradekit release`: what it prints, and what it refuses."""

from __future__ import annotations

import typer
from small_course import edit
from typer.testing import CliRunner

from gradekit.cli.release import release as command
from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release import release

app = typer.Typer()
app.command()(command)


def test_check_is_content_with_what_was_just_released(course: Course):
    release(course)
    result = CliRunner().invoke(app, ["--course", str(course.root), "--check"])
    assert result.exit_code == 0 and "assignment/ is what solution/ generates" in result.output


def test_check_names_what_differs_and_says_what_to_do(course: Course):
    release(course)
    edit(course, "solution/line.py", "A straight line.", "A line.")
    result = CliRunner().invoke(app, ["--course", str(course.root), "--check"])
    assert "assignment/line.py differs from line 9 on" in result.output
    assert "assignment/line.ipynb differs from line" in result.output
    assert isinstance(result.exception, ReleaseError)
    assert "differs from what solution/ generates in 2 files: run gradekit release" in str(result.exception)


def test_check_writes_nothing(course: Course):
    result = CliRunner().invoke(app, ["--course", str(course.root), "--check"])
    assert isinstance(result.exception, ReleaseError) and not course.assignment.exists()
    assert not (course.root / "dist").exists()


def test_check_together_with_a_target_is_refused(course: Course):
    result = CliRunner().invoke(app, ["--course", str(course.root), "--check", "--out", "somewhere"])
    assert isinstance(result.exception, ReleaseError) and "leave --out and --zip away" in str(result.exception)


def test_a_hand_out_that_earns_nothing_is_written(course: Course):
    result = CliRunner().invoke(app, ["--course", str(course.root), "--practice"])
    assert result.exit_code == 0, result.exception
    assert "with 3 stubs that earn nothing" in result.output
    assert (course.assignment / "line.ipynb").is_file() and (course.root / "dist" / "line-handout.zip").is_file()


def test_a_check_that_the_real_grader_pays_to_a_stub_stops_the_release(course: Course):
    edit(course, "autograder/checks/public/test_line.py", "lab.Line().backward([1.0])", "lab.Line()")
    result = CliRunner().invoke(app, ["--course", str(course.root), "--practice"])
    assert isinstance(result.exception, ReleaseError) and not course.assignment.exists()
    assert "the unsolved hand-out earns points: test_line_backward_value (4)" in str(result.exception)


def test_a_folder_without_a_course_is_refused(course: Course):
    result = CliRunner().invoke(app, ["--course", str(course.root.parent)])
    assert "no grading_config.py in" in str(result.exception)
