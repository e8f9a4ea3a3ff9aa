"""What stands in the way is said in one line, before anything is written or graded."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader_runs import FILLED, LAB, NbgraderCourse, filled, make_lab
from typer.testing import CliRunner

from gradekit.cli.app import app
from gradekit.errors import GradekitError, ReleaseError
from gradekit.intake import Submission
from gradekit.platforms.nbgrader.classroom import open_classroom
from gradekit.platforms.nbgrader.layout import open_course, read_timestamp
from gradekit.platforms.nbgrader.source import lay_down
from gradekit.platforms.nbgrader.submissions import read_collected
from gradekit.running.grade import intake_rules


def test_a_folder_that_is_no_nbgrader_course_gets_nothing(tmp_path: Path):
    lab = make_lab(tmp_path / "lab")
    with pytest.raises(ReleaseError, match=r"holds grading_config.py: name the folder of the nbgrader course"):
        lay_down(lab, lab.root)
    assert not (lab.root / "source").exists()


def test_what_a_lecturer_keeps_in_the_source_folder_is_not_replaced(tmp_path: Path):
    notes = tmp_path / "course" / "source" / LAB / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine")
    with pytest.raises(ReleaseError, match="holds other things than an earlier release"):
        lay_down(make_lab(tmp_path / "lab"), tmp_path / "course")
    assert notes.read_text() == "mine"
    assert not (tmp_path / "course" / "gradekit").exists()


def test_a_configuration_that_exists_is_left_alone(tmp_path: Path):
    lab, course = make_lab(tmp_path / "lab"), tmp_path / "course"
    assert lay_down(lab, course).config == course / "nbgrader_config.py"
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    assert lay_down(lab, course).config is None
    assert (course / "nbgrader_config.py").read_text() == "c = get_config()\n"


def test_a_lab_that_was_not_released_is_not_graded(collected: NbgraderCourse, tmp_path: Path):
    rules, config = intake_rules(collected.lab), collected.lab.config
    with pytest.raises(GradekitError, match=r"run `nbgrader generate_assignment regression` in .* first"):
        open_classroom(tmp_path, config, rules)
    with pytest.raises(GradekitError, match="there is no such folder"):
        open_classroom(tmp_path / "elsewhere", config, rules)
    assert not list(tmp_path.iterdir())


def test_points_that_have_changed_since_the_release_stop_the_grading(collected: NbgraderCourse):
    config = collected.lab.config
    changed = replace(config, parts=(replace(config.parts[0], points=5), *config.parts[1:]))
    with pytest.raises(
        GradekitError, match=r"predict has 5 points in grading_config.py, but the gradebook has 4 points"
    ):
        open_classroom(collected.folder, changed, intake_rules(collected.lab))


def test_a_database_that_cannot_be_had_is_an_error_without_its_password(collected: NbgraderCourse):
    rules, config = intake_rules(collected.lab), collected.lab.config
    url = "postgresql+psycopg://somebody:secret@127.0.0.1:1/gradebook"
    with pytest.raises(GradekitError, match="the gradebook cannot be used") as refused:
        open_classroom(collected.folder, config, rules, url)
    assert "secret" not in str(refused.value)
    with pytest.raises(GradekitError, match="URL cannot be used") as refused:
        open_classroom(collected.folder, config, rules, "no:secret")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("text", ["yesterday evening", "\x00", "9" * 5000])
def test_a_time_stamp_that_is_none_is_named(tmp_path: Path, text: str):
    (tmp_path / "timestamp.txt").write_text(text)
    with pytest.raises(GradekitError, match=r"timestamp.txt: holds no time"):
        read_timestamp(tmp_path)


def test_hand_ins_after_the_due_date_lose_what_the_rubric_says(graded: NbgraderCourse, tmp_path: Path):
    # in a copy of the gradebook: the other tests share the course
    database = tmp_path / "gradebook.db"
    database.write_bytes((graded.folder / "gradebook.db").read_bytes())
    with Gradebook(f"sqlite:///{database}", "course") as gradebook:
        gradebook.update_or_create_assignment(LAB, duedate="2027-01-30 18:00:00 UTC")
    lab = make_lab(tmp_path / "lab")
    config = lab.root / "grading_config.py"
    text = config.read_text().replace("import Check,", "import Check, LatePolicy,")
    config.write_text(
        text.replace("    submission_seconds=", "    late=LatePolicy(penalty_per_day=0.1),\n    submission_seconds=")
    )
    course = replace(graded, lab=lab)
    course.gradekit("grade", "--nbgrader", course.folder, "--db", f"sqlite:///{database}", "--format", "none")
    with Gradebook(f"sqlite:///{database}", "course") as gradebook:
        late = gradebook.find_submission(LAB, "student-008")
        assert (late.score, late.late_submission_penalty) == (10, 1)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--nbgrader", "course", "--practice"], "what stands in a gradebook is a mark"),
        (["--nbgrader", "course", "hand-in"], "leave PATHS away"),
        (["--db", "sqlite:///other.db", "hand-in"], "--nbgrader COURSE"),
        ([], "name what to grade: PATHS"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, arguments: list[str], reason: str):
    lab = make_lab(tmp_path / "lab")
    refused = CliRunner().invoke(app, ["grade", "--course", str(lab.root), *arguments])
    assert isinstance(refused.exception, GradekitError)
    assert reason in str(refused.exception)


def test_two_folders_that_stand_for_one_student_are_named(collected: NbgraderCourse, tmp_path: Path):
    folder = open_course(tmp_path, LAB)
    for student in ("student-\u00fc", "student-u\u0308"):  # the same letter, composed and decomposed
        (tmp_path / "submitted" / student / LAB).mkdir(parents=True)
    with pytest.raises(GradekitError, match="another student have one id; rename one of the folders"):
        read_collected(folder, intake_rules(collected.lab), [])


def test_a_notebook_that_was_handed_in_as_a_zip_is_shown_by_its_code(collected: NbgraderCourse, tmp_path: Path):
    hand_in = tmp_path / "submitted" / "student-001" / LAB
    hand_in.mkdir(parents=True)
    with zipfile.ZipFile(hand_in / "work.zip", "w") as archive:
        archive.writestr("regression.ipynb", json.dumps(filled(collected.released(), FILLED)))
    (found,) = read_collected(open_course(tmp_path, LAB), intake_rules(collected.lab), [])
    assert isinstance(found.entry, Submission) and found.entry.kind == "notebook"
    assert any("return x @ weight" in cell["source"] for cell in found.cells)
