"""Points that a person gives: from a CSV file, from a filled-in gradebook, and from nbgrader's own database."""

from __future__ import annotations

import csv
import io
import os
import sys
import warnings
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from report_samples import CLASS, CONFIG, HINTS, TITLES
from rich.console import Console

from gradekit.errors import GradekitError
from gradekit.platforms.nbgrader.marks import read_marks_database
from gradekit.report import assemble
from gradekit.report.gradebook import gradebook_csv
from gradekit.report.terminal import class_table
from gradekit.scoring import read_marks_file


@pytest.fixture
def written(tmp_path):
    def written(content: str):
        path = tmp_path / "marks.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def test_an_empty_cell_is_not_marked_yet(written):
    marks = read_marks_file(written("student,name,discussion\n李,x, 4.5 \nstudent-001,y,\nstudent-002,z,0\n"), CONFIG)
    assert marks == {"李": {"discussion": 4.5}, "student-001": {}, "student-002": {"discussion": 0}}


def test_a_gradebook_that_a_person_has_filled_in_can_be_given_back(written):
    report = assemble(CLASS, CONFIG, TITLES, HINTS)
    rows = list(csv.DictReader(io.StringIO(gradebook_csv(report))))
    rows[0]["discussion"] = "3"
    filled = io.StringIO()
    writer = csv.DictWriter(filled, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    marks = read_marks_file(written(filled.getvalue()), CONFIG)
    assert [given for given in marks.values() if given] == [{"discussion": 3}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ":1: needs a column `student` and one or more of discussion"),
        ("student,discusion\nx,1\n", ":1: needs a column"),
        ("student,discussion\nx,5.5\n", ":2: '5.5' for 'discussion' is no number between 0 and 5"),
        ("student,discussion\nx,-1\n", ":2: '-1'"),
        ("student,discussion\nx,good\n", ":2: 'good'"),
        ("student,discussion\n,1\n", ":2: has no student"),
        ("student,discussion\nx,1\nx,2\n", ":3: 'x' stands twice"),
    ],
)
def test_a_mistake_is_refused_with_its_line(content, words, written):
    with pytest.raises(GradekitError, match=words):
        read_marks_file(written(content), CONFIG)


def test_the_table_shows_a_part_from_its_first_mark_on(report):
    def shown(of, width=200):
        console = Console(width=width, record=True, file=io.StringIO())
        console.print(class_table(of))
        return console.export_text()

    waiting = shown(assemble(CLASS, CONFIG, TITLES, HINTS))
    assert "Not marked yet: discussion" in waiting
    assert "4.5" in shown(report)
    assert "Not marked yet" not in shown(report)
    assert "discussion (5)" in shown(report, width=50)


@pytest.fixture
def new_gradebooks(monkeypatch):
    """nbgrader runs `alembic`, which lies beside this Python, when it makes a database."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def gradebook(tmp_path, new_gradebooks):  # noqa: ARG001
    path = tmp_path / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as book:
        book.add_assignment(CONFIG.lab)
        book.add_notebook("backprop", CONFIG.lab)
        for cell, worth, kind in (("answer-discussion", 5, "markdown"), ("check-sigmoid", 8, "code")):
            book.add_grade_cell(cell, "backprop", CONFIG.lab, max_score=worth, cell_type=kind)
        for student, points, marked in (("student-001", 4.0, True), ("student-002", 2.0, False)):
            book.add_student(student)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # nbgrader's own
                book.add_submission(CONFIG.lab, student)
            grade = book.find_grade("answer-discussion", "backprop", CONFIG.lab, student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = points, 0.5, not marked
        book.db.commit()
    return path


def test_marks_of_the_formgrader_are_read_and_an_unmarked_answer_is_not(gradebook):
    assert read_marks_database(gradebook, CONFIG) == {"student-001": {"discussion": 4.5}, "student-002": {}}


@pytest.mark.parametrize("content", [None, b"no database"])
def test_a_file_that_is_no_gradebook_is_named(content, tmp_path):
    path = tmp_path / "gradebook.db"
    if content:
        path.write_bytes(content)
    with pytest.raises(GradekitError, match=r"gradebook\.db: (there is no such file|is no gradebook)"):
        read_marks_database(path, CONFIG)


@pytest.mark.usefixtures("new_gradebooks")
def test_a_gradebook_of_another_lab_is_named(tmp_path):
    path = tmp_path / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as book:
        book.add_assignment("other")
    with pytest.raises(GradekitError, match="has no assignment called"):
        read_marks_database(path, CONFIG)
