"""Mistakes that the user can mend: one family, one line each, no traceback."""

from __future__ import annotations


class GradekitError(Exception):
    """A mistake of the user's: the message says what, where, and how to mend it."""


class CourseError(GradekitError):
    """The course root or `grading_config.py` is not usable as it stands."""


class IntakeError(GradekitError):
    """An upload cannot be taken as a submission."""


class ReleaseError(GradekitError):
    """The hand-out must not be released as it stands."""


class RecordError(GradekitError):
    """A stored record is damaged, or of another format."""


class ConfinementError(GradekitError):
    """This machine cannot confine a worker as grading for marks demands."""
