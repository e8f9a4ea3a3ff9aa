"""Scoring: a record seen through the rubric."""

from gradekit.scoring.late import apply_late, days_begun, read_late_file
from gradekit.scoring.score import CheckScore, PartScore, Score, rounded, score

__all__ = [
    "CheckScore",
    "PartScore",
    "Score",
    "apply_late",
    "days_begun",
    "read_late_file",
    "rounded",
    "score",
]
