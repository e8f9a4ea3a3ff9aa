"""`gradekit report` on a real folder: exit codes, one-line errors, and nothing run."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import CLASS, CONFIG, HOSTILE_NAME, PERFECT, TITLES

from gradekit.records import RecordStore, file_stem, open_output

RUBRIC = """\
from report_samples import CONFIG as config
"""


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    for visibility in ("public", "hidden"):
        folder = root / "autograder" / "checks" / visibility
        folder.mkdir(parents=True)
        functions = [
            f'def {check.name}(lab):\n    """{TITLES[check.name]}"""\n    raise SystemExit("a check was run")\n'
            for check in CONFIG.checks.values()
            if check.visibility == visibility
        ]
        (folder / f"test_{visibility}.py").write_text(
            'raise SystemExit("a check file was run")\n' + "\n".join(functions)
        )
    (root / "grading_config.py").write_text(RUBRIC)
    return root


@pytest.fixture
def grades(tmp_path):
    out = open_output(tmp_path / "grades")
    store = RecordStore(out)
    for entry in CLASS:
        store.save(entry)
    return out


@pytest.fixture
def run(course):
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        program = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); "
            "from gradekit.cli.app import main; sys.argv[0] = 'gradekit'; main()"
        )
        command = [
            sys.executable,
            "-W",
            "error",
            "-c",
            program,
            "report",
            *map(str, arguments),
            "--course",
            str(course),
        ]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    return run


def one_line_error(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_the_table_gradebook_and_feedback_are_made_without_running_a_check(run, grades):
    result = run(grades)
    assert (result.returncode, result.stderr) == (0, "")
    assert "student-002" in result.stdout
    assert (grades / "gradebook.csv").is_file()
    pages = {path.name for path in (grades / "feedback").iterdir()}
    assert pages == {f"{file_stem(entry.student)}.md" for entry in CLASS}
    assert TITLES["test_linear_backward_values"].rstrip(".") in (grades / "feedback" / "student-002.md").read_text()


def test_json_is_all_that_is_printed(run, grades):
    result = run(grades, "--format", "json")
    assert result.returncode == 0
    totals = {student["student"]: student["total"] for student in json.loads(result.stdout)["students"]}
    assert totals["student-002"] == 12
    assert HOSTILE_NAME.student in totals
    assert not (grades / "gradebook.csv").exists()


def test_days_late_cost_points(run, grades, tmp_path):
    late = tmp_path / "late.csv"
    late.write_text("student,days\nstudent-001,1\nstudent-777,1\n")
    result = run(grades, "--format", "json", "--late", late)
    totals = {student["student"]: student["total"] for student in json.loads(result.stdout)["students"]}
    assert totals["student-001"] == 38.7
    assert "late: no record of student-777" in result.stderr


def test_marks_of_a_person_are_added(run, grades, tmp_path):
    marks = tmp_path / "marks.csv"
    marks.write_text("student,discussion\nstudent-001,2.5\nstudent-777,1\n")
    totals = []
    for options in ((), ("--marks", marks)):
        result = run(grades, "--format", "json", *options)
        totals += [
            entry["total"] for entry in json.loads(result.stdout)["students"] if entry["student"] == "student-001"
        ]
    assert totals[1] - totals[0] == 2.5
    assert "marks: no record of student-777" in result.stderr


def test_a_damaged_record_is_named_and_the_others_are_reported(run, grades):
    (grades / "records" / "student-002.json").write_bytes(b"{")
    result = run(grades, "--format", "json")
    assert "student-002.json: it is damaged" in one_line_error(result)
    assert len(json.loads(result.stdout)["students"]) == len(CLASS) - 1


def test_a_record_of_a_hostile_student_puts_no_control_character_on_the_screen(run, grades):
    result = run(grades)
    assert not {character for character in result.stdout if character < " " and character != "\n"}
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no such folder"),
        (["GRADES", "--format", "xml"], "there is no such format; choose "),
        (["GRADES", "--late", "nowhere.csv"], "nowhere.csv: cannot be read"),
        (["GRADES", "--marks", "nowhere.csv"], "nowhere.csv: cannot be read"),
        (["GRADES", "--marks", "nowhere.db"], "nowhere.db: there is no such file"),
        (["EMPTY"], "holds no records. Make some with"),
    ],
)
def test_a_users_mistake_is_one_line(arguments, words, run, grades, tmp_path):
    (tmp_path / "empty").mkdir()
    places = {"GRADES": grades, "EMPTY": tmp_path / "empty"}
    assert words in one_line_error(run(*(places.get(argument, argument) for argument in arguments)))


def test_a_mistake_in_the_rubric_is_one_line_with_its_place(run, grades, course):
    (course / "grading_config.py").write_text("\nconfig = 1\n")
    assert "grading_config.py:2: it must end with" in one_line_error(run(grades))


def test_a_record_older_than_the_rubric_is_reported(run, grades):
    older = tuple(outcome for outcome in PERFECT.outcomes if outcome.check != "test_relu")
    RecordStore(grades).save(replace(PERFECT, outcomes=older))
    result = run(grades)
    assert result.returncode == 0
    assert "not run yet: test_relu" in result.stdout
