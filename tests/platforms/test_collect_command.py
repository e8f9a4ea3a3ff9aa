"""`gradekit collect` as an assistant meets it, and archives that nobody's platform would write."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import pytest
from collect_samples import CONFIG, LAYERS, zipped
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from workflow_runs import LAB

from gradekit.cli.app import app
from gradekit.cli.collect import read_time
from gradekit.errors import GradekitError
from gradekit.intake import IntakeRules, discover
from gradekit.platforms.collect import collect

RULES = IntakeRules(tuple(CONFIG.files), (), CONFIG.notebook, CONFIG.intake)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course, and a download of two students."""
    course = Path(shutil.copytree(LAB, tmp_path / "course"))
    files = {"Ada_11_assignsubmission_file_/regression.py": LAYERS, "Bo_12_assignsubmission_file_/notes.pdf": b"%PDF"}
    (course / "download.zip").write_bytes(zipped(files))
    return course


def run(folder: Path, *arguments: str):
    command = [
        "collect",
        str(folder / "download.zip"),
        "--out",
        str(folder / "class"),
        "--course",
        str(folder),
        *arguments,
    ]
    return CliRunner().invoke(app, command)


def test_the_table_says_what_each_student_handed_in(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.strip()}
    assert "can be graded" in lines["11"] and "holds none of" in lines["12"]
    assert "2 collected from Moodle, 1 cannot be graded as they are" in done.stdout
    assert "grading worksheet as --roster" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "text", ["2026-11-20 23:59+08:00", "2026-11-20T15:59Z", "2026-11-20T15:59:00+00:00", " 2026-11-20 15:59:00+00:00 "]
)
def test_a_deadline_is_read_in_the_usual_forms(text: str) -> None:
    assert read_time(text) == datetime(2026, 11, 20, 15, 59, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("arguments", "trouble"),
    [
        (("--from", "blackboard"), "choose moodle"),
        (("--from", "canvas"), "holds no hand-ins as they come from canvas"),
        (("--deadline", "tomorrow"), "is no day and time"),
        (("--deadline", "2026-11-20"), "is no day and time"),
        (("--roster", "none.csv"), "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(folder: Path, arguments: tuple[str, ...], trouble: str) -> None:
    done = run(folder, *arguments)
    assert isinstance(done.exception, GradekitError)
    assert trouble in str(done.exception)
    assert not (folder / "class").exists()


_STARTS = st.sampled_from(
    [
        *(
            "Ada_11_assignsubmission_file_/",
            "Bo_12_assignsubmission_file",
            "ada_LATE_21_31_",
            "bo_22_32_",
            "anon_x_33_",
        ),
        *("submission_1/", "submission_metadata.yml", ""),
    ]
)
_PIECES = st.sampled_from(
    [
        *(
            "..",
            ".",
            "/",
            "\\",
            "_",
            "-1.py",
            "layers.py",
            "C:",
            "~",
            "\u202e",
            "\u0308",
            "\n",
            "\x7f",
            "con",
            ".git",
            "é",
            "測",
        ),
        *("a" * 250, "Ada_11_assignsubmission_file_", "ada_LATE_21_31_"),
    ]
)
_ENDS = st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=5).map("".join)
_NAMES = st.tuples(_STARTS, _ENDS).map("".join)
_DATA = st.sampled_from(
    [b"", LAYERS, b"submission_1:\n  :submitters:\n  - :sid: ../x\n", bytes(5000), zipped({"layers.py": LAYERS})]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_NAMES, _DATA, max_size=6))
@example({"ada_21_31_..": LAYERS, "bo_22_32_x/../../../escape.py": LAYERS})
@example(
    {"submission_metadata.yml": b"submission_1:\n  :submitters:\n  - :sid: ../x\n", "submission_1/layers.py": LAYERS}
)
@example({"a_11_assignsubmission_file_/x": LAYERS, "a_11_assignsubmission_file_/x/y": LAYERS})
def test_no_archive_leads_out_of_the_class_folder(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        usable = {path: data for path, data in files.items() if _can_be_zipped(path)}
        (top / "download.zip").write_bytes(zipped(usable))
        try:
            collected = collect(top / "download.zip", top / "class", CONFIG, None, "", None)
        except GradekitError:
            assert [path.name for path in top.iterdir()] == ["download.zip"]
            return
        assert sorted(path.name for path in top.iterdir()) == ["class", "download.zip"]
        students = {path.name for path in (top / "class").iterdir() if path.is_dir()}
        assert students == {seat.student for seat in collected.seats}
        assert students == {entry.student for entry in discover([top / "class"], RULES)}


def _can_be_zipped(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in path
