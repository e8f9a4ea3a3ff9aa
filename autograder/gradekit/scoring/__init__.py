"""Scoring: a record seen through the rubric."""

from gradekit.scoring.late import apply_late, days_begun, read_late_file
from gradekit.scoring.marks import Marks, read_marks_file
from gradekit.scoring.score import CheckScore, PartScore, Score, rounded, score

__all__ = [
    "CheckScore",
    "Marks",
    "PartScore",
    "Score",
    "apply_late",
    "days_begun",
    "read_late_file",
    "read_marks_file",
    "rounded",
    "score",
]
