"""The file in which a person writes the points of manual parts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.rubric import GradingConfig
from gradekit.scoring.table import amount_of, open_table

Marks = Mapping[str, Mapping[str, float]]


def read_marks_file(path: Path, config: GradingConfig) -> Marks:
    """Student id -> manual part -> points, from a CSV file with a column ``student`` and one per manual part.

    An empty cell is an answer that nobody has marked yet. Columns of other parts are passed over, so that a copy of
    ``gradebook.csv`` that a person has filled in will do. Raises GradekitError that names the line to mend.
    """
    manual = {part.name: part.points for part in config.parts if part.manual}
    if not manual:
        raise GradekitError(f"{path}: this lab has no part that a person marks (manual=True in grading_config.py).")
    with open_table(path) as rows:
        return dict(_read(rows, manual, path))


def _read(
    rows: csv.DictReader[str], manual: Mapping[str, float], path: Path
) -> Iterator[tuple[str, Mapping[str, float]]]:
    columns = [name for name in rows.fieldnames or () if name in manual]
    if "student" not in (rows.fieldnames or ()) or not columns:
        raise GradekitError(f"{path}:1: needs a column `student` and one or more of {', '.join(manual)}.")
    seen: set[str] = set()
    for row in rows:
        student = row["student"] or ""
        if not student or student in seen:
            problem = f"{student!r} stands twice; keep one line" if student else "has no student"
            raise GradekitError(f"{path}:{rows.line_num}: {problem}.")
        seen.add(student)
        given = {name: row[name].strip() for name in columns if (row[name] or "").strip()}
        marks = {name: amount_of(text) for name, text in given.items()}
        for name, points in marks.items():
            if points is None or points > manual[name]:
                raise GradekitError(
                    f"{path}:{rows.line_num}: {given[name]!r} for {name!r} is no number between 0 and {manual[name]:g}."
                )
        yield student, {name: points for name, points in marks.items() if points is not None}
