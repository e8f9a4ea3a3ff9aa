"""The gradebook that goes back to Canvas, held against the rules of Canvas's own importer."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from collect_samples import CONFIG, GRADEBOOK_COLUMNS

from gradekit.errors import GradekitError
from gradekit.records import Outcome, Record
from gradekit.report import assemble
from gradekit.report.classlist import ClassList, Member
from gradekit.report.formats import find_format
from gradekit.report.formats.canvas import NAME, canvas_csv
from gradekit.rubric import Check, Part

COLUMNS = GRADEBOOK_COLUMNS[:6]
HEADING = "Back-propagation (4711)"
BONUS = replace(CONFIG, parts=(*CONFIG.parts, Part("relu", "ReLU", 5, (Check("test_relu", 5),), bonus=True)))


def record(student: str, status: str = "passed") -> Record:
    outcomes = (Outcome("test_mse", "mse", status), Outcome("test_relu", "relu", "passed"))
    return Record("backprop", student, "key", "graded", confined=True, outcomes=outcomes)


def member(number: int, student: str, name: str = "Übung, Erste") -> Member:
    return Member(student, name, "", str(number), student, (name, str(number), "", student, "", "A and B"))


def report_of(records, members, columns=COLUMNS, config=CONFIG, assignment=HEADING, maximum=10.0, **options):
    class_list = ClassList("canvas", tuple(members), columns, assignment, maximum)
    return assemble(records, config, {}, {}, class_list=class_list, **options)


def imported(text: str) -> tuple[str, str, dict[str, str]]:
    """What Canvas takes from a gradebook: the assignment, its points, and the grade by user id.

    Written after `lib/gradebook_importer.rb`: the first line begins with Student and ID and has Section last before
    the assignments; a line with "Points Possible" is no student; an empty cell wipes a grade.
    """
    assert not text.startswith(("\ufeff", '"'))
    header, points, *students = csv.reader(io.StringIO(text, newline=""))
    assert "Student" in header[0] and "ID" in header[1]
    at = 2
    if re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        at = 5 if re.search(r"Integration\s+ID", header[4]) else 4
    assert "Section" in header[at]
    assert len(header) == at + 2
    assert "Points Possible" in points[0]
    assert all(row[1].isdigit() and re.fullmatch(r"[0-9.]+", row[-1]) for row in students)
    return header[-1], points[-1], {row[1]: row[-1] for row in students}


def test_the_column_comes_back_with_grades() -> None:
    members = [member(21, "erste"), member(22, "second"), member(23, "cy")]
    assignment, points, grades = imported(canvas_csv(report_of([record("erste"), record("second", "failed")], members)))
    assert (assignment, points) == (HEADING, "10")
    assert grades == {"21": "10", "22": "0"}


def test_students_without_a_grade_are_not_mentioned() -> None:
    members = [member(21, "erste"), member(22, "second"), member(23, "cy")]
    records = [record("erste"), record("second", "internal-error"), record("stranger")]
    assert list(imported(canvas_csv(report_of(records, members)))[2]) == ["21"]


def test_without_a_gradebook_all_that_canvas_needs_is_written() -> None:
    text = canvas_csv(
        report_of([record("21")], [Member("21", "übungerste", number="21")], (), assignment="", maximum=None)
    )
    assert imported(text) == ("Back-propagation", "10", {"21": "10"})


def test_a_grade_above_the_maximum_is_cut_unless_it_is_allowed() -> None:
    members = [member(21, "erste")]
    assert imported(canvas_csv(report_of([record("erste")], members, config=BONUS)))[2] == {"21": "10"}
    allowed = report_of([record("erste")], members, config=BONUS, allow_above_maximum=True)
    assert imported(canvas_csv(allowed))[2] == {"21": "15"}


def test_an_assignment_of_other_points_is_refused() -> None:
    with pytest.raises(GradekitError, match="counts 5 points, this lab 10"):
        canvas_csv(report_of([record("erste")], [member(21, "erste")], maximum=5.0))


def test_a_name_that_is_a_formula_is_defused(tmp_path) -> None:
    report = report_of([record("erste")], [member(21, "erste", "=1+1")])
    (path,) = find_format("canvas").write_files(report, tmp_path)
    assert path.name == NAME
    text = path.read_bytes().decode("utf-8")
    assert "'=1+1" in text
    assert imported(text)[2] == {"21": "10"}
