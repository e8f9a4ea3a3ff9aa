"""Uploads: a student's folder, zip or notebook becomes a `Submission` of plain text, or is refused with the reason."""

from gradekit.intake.discovery import discover, read_submission
from gradekit.intake.names import student_id
from gradekit.intake.submission import IntakeRules, Refused, Submission

__all__ = ["IntakeRules", "Refused", "Submission", "discover", "read_submission", "student_id"]
