"""Class downloads as the platforms write them, in miniature, and the course that they belong to."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gradekit.rubric import Check, GradingConfig, IntakeLimits, LatePolicy, Limits, Part

CONFIG = GradingConfig(
    lab="backprop",
    title="Back-propagation",
    files={"layers.py": ("Linear",), "losses.py": ("MSELoss",)},
    given={},
    notebook="backprop.ipynb",
    parts=(Part("mse", "Mean squared error", 10, (Check("test_mse", 10),)),),
    limits={"unit": Limits(1, 5)},
    submission_seconds=60,
    settings={},
    intake=IntakeLimits(file_bytes=4096, archive_bytes=1 << 20, entries=50, depth=4),
    late=LatePolicy(grace_minutes=15, penalty_per_day=0.1, max_days=3),
)
LAYERS = b"class Linear:\n    pass\n"

WORKSHEET_COLUMNS = (
    *("Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"),
)


class _BareName(zipfile.ZipInfo):
    """A member whose name is UTF-8 that does not say so, as some platforms write it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.filename.encode(), self.flag_bits


def zipped(files: Mapping[str, bytes], kind: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> bytes:
    """A zip archive of files by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(kind(name, (2026, 11, 20, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zipped_with_bare_names(files: Mapping[str, bytes]) -> bytes:
    return zipped(files, _BareName)


def unpacked(files: Mapping[str, bytes], folder: Path) -> Path:
    """The same files below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def worksheet_row(number: int, name: str, student: str, **changed: str) -> list[str]:
    """One line of Moodle's grading worksheet."""
    cells = {
        "Identifier": f"Participant {number}",
        "Full name": name,
        "ID number": student,
        "Email address": f"{student}@example.org",
        "Status": "Submitted for grading",
        "Maximum grade": "10.00",
        "Grade can be changed": "Yes",
        "Last modified (submission)": "Thursday, 19 November 2026, 11:59 PM",
        "Last modified (grade)": "-",
        **changed,
    }
    return [cells.get(column, "") for column in WORKSHEET_COLUMNS]


def worksheet(folder: Path, *rows: Sequence[str]) -> Path:
    path = folder / "worksheet.csv"
    path.write_text(csv_text([WORKSHEET_COLUMNS, *rows]), encoding="utf-8-sig")
    return path


GRADEBOOK_COLUMNS = (
    *("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Section"),
    *("Notes", "Homework 0 (4710)", "Back-propagation (4711)", "Final Score"),
)


def gradebook(folder: Path, *students: Sequence[str], possible: str = "10.00") -> Path:
    """Canvas's gradebook; a student is the first six cells."""
    path = folder / "gradebook.csv"
    rows = [
        GRADEBOOK_COLUMNS,
        ["", "", "", "", "", "", "", "", "Manual Posting", ""],
        ["    Points Possible", "", "", "", "", "", "", "5.00", possible, "(read only)"],
        *[[*student, "", "5.00", "", "50.00"] for student in students],
    ]
    path.write_text(csv_text(rows), encoding="utf-8")
    return path


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def read_csv(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))
