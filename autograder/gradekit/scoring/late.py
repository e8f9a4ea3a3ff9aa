"""What lateness costs, and the file that says who was late."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil
from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.rubric import LatePolicy
from gradekit.rubric.types import exact
from gradekit.scoring.score import Score, rounded
from gradekit.scoring.table import amount_of, open_table

_MINUTES_PER_DAY = 24 * 60
_UNITS = {"minutes": 1, "hours": 60, "days": _MINUTES_PER_DAY}


def days_begun(minutes: float, policy: LatePolicy) -> int:
    """How many days late a hand-in of so many `minutes` after the deadline is: days begun after the grace."""
    return max(0, ceil((exact(minutes) - policy.grace_minutes) / _MINUTES_PER_DAY))


def apply_late(score: Score, days_late: int, policy: LatePolicy) -> Score:
    """`score` with its total reduced by `policy.penalty_per_day` of the earned points for each of `days_late` days."""
    kept = max(Fraction(), 1 - days_late * exact(policy.penalty_per_day))
    if policy.max_days is not None and days_late > policy.max_days:
        kept = Fraction()
    return replace(score, total=rounded(exact(score.earned) * kept), days_late=days_late)


def read_late_file(path: Path) -> Mapping[str, float]:
    """Student id -> minutes after the deadline, from a CSV file.

    It has a column `student` and one of `minutes`, `hours`, `days`. Raises GradekitError that names the line to mend.
    """
    with open_table(path) as rows:
        return _parse(rows, path)


def _parse(rows: csv.DictReader[str], path: Path) -> Mapping[str, float]:
    columns = rows.fieldnames or ()
    units = [name for name in columns if name in _UNITS]
    if "student" not in columns or len(units) != 1:
        raise GradekitError(f"{path}:1: needs a column `student` and one of `minutes`, `hours`, `days`.")
    minutes: dict[str, float] = {}
    for row in rows:
        student = row["student"] or ""
        amount = amount_of(row[units[0]])
        if not student or amount is None:
            raise GradekitError(f"{path}:{rows.line_num}: needs a student and a number of {units[0]}, at least 0.")
        if student in minutes:
            raise GradekitError(f"{path}:{rows.line_num}: {student!r} stands twice; keep one line.")
        minutes[student] = amount * _UNITS[units[0]]
    return minutes
