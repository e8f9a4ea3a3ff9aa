"""The commands of the pages on Moodle, Canvas and collecting, run one after the other in the tiny lab's course."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from collect_samples import csv_text, gradebook, read_csv, worksheet, worksheet_row, zipped
from workflow_runs import LAB, RIGHT, WRONG_GRADIENT

PAGES = Path(__file__).parents[2] / "docs" / "platforms"
ADA, BO = RIGHT.encode(), WRONG_GRADIENT.encode()


def commands(name: str) -> list[tuple[str, str]]:
    """Every command of a page, with the course that it is run in."""
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- run: (\w+) -->\n```sh\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == page.count("```sh") > 0
    return [(where, line) for where, block in blocks for line in block.splitlines()]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAB, tmp_path / "course"))


@pytest.fixture
def run_page(course: Path, run_command: Callable[[str, Path], str]) -> Callable[[str, str], str]:
    """Run a page's commands and return what they printed."""

    def run(name: str, where: str) -> str:
        assert {place for place, _ in commands(name)} == {where}
        return "".join(run_command(command, course) for _, command in commands(name))

    return run


def test_moodle_from_download_to_worksheet(course: Path, run_page: Callable[[str, str], str]) -> None:
    folder = "{}_{}_assignsubmission_file_/{}"
    files = {
        folder.format("Ünal First", 11, "regression.py"): ADA,
        folder.format("測試學生", 12, "lab.zip"): zipped({"lab.zip": zipped({"lab/regression.py": BO})}),
        folder.format("Third", 13, "report.pdf"): b"%PDF",
    }
    (course / "submissions.zip").write_bytes(zipped(files))
    worksheet(
        course,
        worksheet_row(11, "Ünal First", "student-001"),
        worksheet_row(
            12, "測試學生", "student-002", **{"Last modified (submission)": "Saturday, 21 November 2026, 12:04 AM"}
        ),
        worksheet_row(13, "Third", "student-003"),
        worksheet_row(14, "Di", "student-004", Status="No submission"),
    )
    printed = run_page("moodle", "moodle")
    assert "3 collected from Moodle, 1 cannot be graded as they are, 1 handed in nothing, 1 late" in printed
    rows = read_csv(course / "grades" / "moodle-grades.csv")
    assert {row["Identifier"]: row["Grade"] for row in rows} == {
        "Participant 11": "10",
        "Participant 12": "4",
        "Participant 13": "0",
    }
    feedback = {row["Identifier"]: row["Feedback comments"] for row in rows}
    assert "All checks passed" in feedback["Participant 11"]
    assert "could not be graded" in feedback["Participant 13"]
    assert "5 min" in printed and "1 day late" in printed


def test_canvas_from_download_to_gradebook(course: Path, run_page: Callable[[str, str], str]) -> None:
    files = {
        "ünalada_21_901_regression.py": BO,
        "ünalada_21_902_regression-1.py": ADA,
        "測試學生_LATE_22_903_regression.py": BO,
    }
    (course / "submissions.zip").write_bytes(zipped(files))
    gradebook(course, ["Ünal, First", "21", "", "erste", "", "A"], ["測試學生", "22", "", "ming", "", "A"])
    printed = run_page("canvas", "canvas")
    assert "2 collected from Canvas, 1 late" in printed
    rows = read_csv(course / "grades" / "canvas-grades.csv", "utf-8")
    assert [(row["ID"], row["Back-propagation (4711)"]) for row in rows] == [("", "10"), ("21", "10"), ("22", "4")]


def test_gradescopes_export_is_graded_here(course: Path, run_page: Callable[[str, str], str]) -> None:
    metadata = """\
submission_31:
  :submitters:
  - :name: Ünal First
    :sid: '007'
  - :name: Second
    :sid: '008'
  :created_at: 2026-11-21 10:00:00.000000000 Z
"""
    files = {"assignment_1_export/submission_metadata.yml": metadata.encode()}
    files["assignment_1_export/submission_31/regression.py"] = ADA
    (course / "export.zip").write_bytes(zipped(files))
    roster = [["First Name", "Last Name", "SID"], ["First", "Ünal", "007"], ["Second", "", "008"], ["Third", "", "009"]]
    (course / "roster.csv").write_text(csv_text(roster), encoding="utf-8")
    printed = run_page("collect", "gradescope")
    assert "2 collected from Gradescope, 1 handed in nothing, 2 late" in printed
    assert "2 h 1 min" in printed
    totals = {row["student"]: row["total"] for row in read_csv(course / "grades" / "gradebook.csv")}
    assert totals == {"007": "10", "008": "10"}
