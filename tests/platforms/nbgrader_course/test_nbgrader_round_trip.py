"""From `source/` to grades returned with nbgrader's own commands, and what gradekit writes in between."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader_runs import LAB, POINTS, SUBMITTED, NbgraderCourse

MANUAL = "answer-why"
NOTEBOOK = "regression"


def scores(course: NbgraderCourse) -> dict[str, float]:
    with Gradebook(course.gradebook_url(), "course") as gradebook:
        return {entry.student.id: entry.score for entry in gradebook.assignment_submissions(LAB)}


def grades(course: NbgraderCourse, student: str) -> dict[str, dict[str, Any]]:
    with Gradebook(course.gradebook_url(), "course") as gradebook:
        notebook = gradebook.find_submission_notebook(NOTEBOOK, LAB, student)
        return {grade.name: grade.to_dict() for grade in notebook.grades}


def comments(course: NbgraderCourse, student: str) -> dict[str, str | None]:
    with Gradebook(course.gradebook_url(), "course") as gradebook:
        notebook = gradebook.find_submission_notebook(NOTEBOOK, LAB, student)
        return {comment.name: comment.comment for comment in notebook.comments}


def shown(autograded: Path, student: str) -> dict[str, dict[str, Any]]:
    notebook = json.loads((autograded / student / LAB / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: {**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]}


def printed(cell: dict[str, Any]) -> str:
    return "".join("".join(output["text"]) for output in cell["outputs"])


def test_students_get_neither_solutions_nor_hidden_checks(collected: NbgraderCourse):
    release = collected.folder / "release" / LAB
    texts = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    assert {"regression.ipynb", "checks/test_predict.py", "checks/checkkit/notebook.py"} <= texts.keys()
    for secret in (
        b"SOLUTION",
        b"HIDDEN",
        b"course_checks",
        b"x.T @",
        b"test_gradient_random",
        b"squares are smallest",
    ):
        assert not [name for name, data in texts.items() if secret in data]
    cells = {cell["id"]: "".join(cell["source"]) for cell in collected.released()["cells"]}
    assert cells["check-predict"] == 'check("predict")'
    assert cells["check-gradient"] == "# Gradient: hidden checks only"


def test_every_hand_in_has_its_points_in_the_gradebook(graded: NbgraderCourse):
    assert scores(graded) == POINTS


def test_the_command_shows_the_class(said: str):
    assert "written into the gradebook: 8" in said
    assert "Warning" not in said
    assert "student-006" in said and "Julia" not in said.partition("student-006")[0]


def test_answers_wait_for_a_person_and_checks_do_not(graded: NbgraderCourse):
    first = grades(graded, "student-001")
    assert (first["check-predict"]["auto_score"], first["check-predict"]["needs_manual_grade"]) == (4, False)
    assert (first["check-gradient"]["auto_score"], first["check-gradient"]["needs_manual_grade"]) == (6, False)
    assert (first[MANUAL]["auto_score"], first[MANUAL]["needs_manual_grade"]) == (None, True)


def test_an_answer_that_nobody_wrote_needs_no_person(graded: NbgraderCourse):
    untouched = "student-003, “Ü” 測試"
    answer = grades(graded, untouched)[MANUAL]
    assert (answer["auto_score"], answer["needs_manual_grade"]) == (0, False)
    assert comments(graded, untouched)[MANUAL] == "No response."


def test_a_hand_in_that_cannot_be_graded_goes_to_a_person(graded: NbgraderCourse, autograded: Path):
    assert all(grade["needs_manual_grade"] for name, grade in grades(graded, "student-006").items() if name != MANUAL)
    assert "julia, not for Python" in shown(autograded, "student-006")["gradekit-summary"]["source"]


def test_comments_say_what_is_wrong_without_a_hidden_input(graded: NbgraderCourse, autograded: Path):
    found = comments(graded, "student-002")
    # both checks stand behind the last solution cell of this lab
    assert found["regression-predict"] is None
    assert "**Prediction: 4 of 4 points.**\n\n**Gradient: 0 of 6 points.**" in found["regression-gradient"]
    assert "the values are wrong" in found["regression-gradient"]
    below = printed(shown(autograded, "student-002")["check-gradient"])
    assert below.startswith("0 of 6 points\n") and "the values are wrong" in below
    assert "returned" not in below and "[" not in below


def test_deleted_and_doubled_cells_are_named_and_cost_nothing(autograded: Path):
    cells = shown(autograded, "student-004")
    summary = cells["gradekit-summary"]["source"]
    assert "regression-predict stands 2 times" in summary
    assert "check-gradient is missing" in summary and "regression-gradient is missing" in summary
    # the cells that pay are there again, behind what they belong to, or nobody could see or mark them
    order = list(cells)
    assert order.index("regression-gradient") < order.index("check-predict") < order.index("check-gradient")
    assert cells["check-gradient"]["metadata"]["nbgrader"]["points"] == 6
    assert printed(cells["check-gradient"]) == "6 of 6 points\nall checks passed\n"


def test_a_renamed_notebook_is_shown_under_its_own_name(autograded: Path):
    assert [path.name for path in (autograded / "student-005" / LAB).glob("*.ipynb")] == ["regression.ipynb"]
    assert "return x @ weight" in shown(autograded, "student-005")["regression-predict"]["source"]


def test_a_cell_turned_into_text_is_named_as_the_problem(autograded: Path):
    cells = shown(autograded, "student-007")
    assert "regression-gradient was turned into another type" in cells["gradekit-summary"]["source"]
    assert cells["regression-gradient"]["cell_type"] == "code"


def test_nothing_of_a_hand_in_but_text_and_pictures_is_shown(autograded: Path):
    cells = shown(autograded, "student-008")
    assert cells["regression-predict"]["outputs"][0]["text"] == ["a plot\n"]
    assert "tags" not in cells["regression-predict"]["metadata"]


def test_nbgraders_own_autograde_leaves_the_scores_alone_unless_forced(graded: NbgraderCourse):
    before = scores(graded)
    assert graded.nbgrader("autograde", LAB).count("Skipping existing assignment") == len(POINTS)
    assert scores(graded) == before


@pytest.fixture(scope="module")
def returned(graded: NbgraderCourse) -> NbgraderCourse:
    """The course after an assistant has marked the discussion, a second grading, and feedback to students."""
    with Gradebook(graded.gradebook_url(), "course") as gradebook:
        grade = gradebook.find_grade(MANUAL, NOTEBOOK, LAB, "student-001")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.find_comment("regression-gradient", NOTEBOOK, LAB, "student-002").manual_comment = "See me."
        gradebook.db.commit()
    graded.gradekit("grade", "--nbgrader", graded.folder, "--format", "none")
    graded.nbgrader("generate_feedback", LAB)
    graded.nbgrader("release_feedback", LAB)
    graded.nbgrader("export", f"--to={graded.folder / 'grades.csv'}", "--CsvExportPlugin.student=student-001")
    return graded


def test_grading_again_keeps_what_a_person_gave(returned: NbgraderCourse):
    answer = grades(returned, "student-001")[MANUAL]
    assert (answer["manual_score"], answer["needs_manual_grade"]) == (3.5, False)
    assert comments(returned, "student-002")["regression-gradient"] == "See me."


def test_nbgraders_export_has_the_total_of_both(returned: NbgraderCourse):
    with (returned.folder / "grades.csv").open(newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["student_id"], float(row["score"]), float(row["max_score"])) == ("student-001", 13.5, 15)


def test_the_kits_own_table_has_nbgraders_columns_and_keeps_ids_whole(returned: NbgraderCourse):
    grades, database = returned.folder / "grades", returned.folder / "gradebook.db"
    table = returned.gradekit("report", grades, "--marks", database, "--format", "nbgrader")
    rows = {row["student_id"]: row for row in csv.DictReader(table.splitlines())}
    header = (returned.folder / "grades.csv").read_text().splitlines()[0]
    assert table.splitlines()[0] == header
    assert {student: float(row["score"]) for student, row in rows.items()} == {**POINTS, "student-001": 13.5}
    assert {row["max_score"] for row in rows.values()} == {"15"}


def test_feedback_reaches_students_with_scores_and_comments(returned: NbgraderCourse):
    page = (returned.folder / "feedback" / "student-002" / LAB / "regression.html").read_text(encoding="utf-8")
    assert "(Score: 4.0 / 15.0)" in page and "See me." in page and "the values are wrong" in page
    desk = returned.folder.parent / "desk"
    returned.nbgrader("fetch_feedback", LAB, cwd=desk)
    (page_at_home,) = (desk / LAB / "feedback").rglob("regression.html")
    page = page_at_home.read_text(encoding="utf-8")
    assert "(Score: 13.5 / 15.0)" in page and "6 of 6 points" in page


def test_feedback_shows_no_hidden_check_and_runs_no_script(returned: NbgraderCourse):
    for student in POINTS:
        page = (returned.folder / "feedback" / student / LAB / "regression.html").read_text(encoding="utf-8")
        assert "course_checks" not in page and "test_gradient_random" not in page
    page = (returned.folder / "feedback" / "student-008" / LAB / "regression.html").read_text(encoding="utf-8")
    assert "Convexity." in page
    assert not BeautifulSoup(page, "html.parser").select("[onerror]")
    assert not [tag for tag in BeautifulSoup(page, "html.parser").find_all("script") if "taken over" in tag.get_text()]


def test_time_stamps_agree_with_those_of_the_hand_ins(graded: NbgraderCourse, autograded: Path):
    with Gradebook(graded.gradebook_url(), "course") as gradebook:
        stamp = gradebook.find_submission(LAB, "student-004").timestamp
    assert stamp == datetime(2027, 1, 31, 12)
    assert (autograded / "student-004" / LAB / "timestamp.txt").read_text().strip() == SUBMITTED
