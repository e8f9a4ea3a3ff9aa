"""The rubric: the types of `grading_config.py`, and its loading and validation."""

from gradekit.rubric.agreement import validate_checks, validate_files
from gradekit.rubric.loading import load_config
from gradekit.rubric.types import Check, GradingConfig, IntakeLimits, LatePolicy, Limits, Part, Quality, Rung

__all__ = [
    "Check",
    "GradingConfig",
    "IntakeLimits",
    "LatePolicy",
    "Limits",
    "Part",
    "Quality",
    "Rung",
    "load_config",
    "validate_checks",
    "validate_files",
]
