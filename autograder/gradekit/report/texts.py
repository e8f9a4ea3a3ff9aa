"""The words of a course that reports show: titles of checks, hints of misconceptions."""

from __future__ import annotations

from gradekit.checks_index import index_checks
from gradekit.course import Course
from gradekit.diagnosis import load_catalogue


def check_titles(course: Course) -> dict[str, str]:
    """Check -> its title, the first line of its docstring."""
    return {name: check.title for name, check in index_checks(course.public_checks, course.hidden_checks).items()}


def hints(course: Course) -> dict[str, tuple[str, str]]:
    """Misconception -> (title, hint); empty where the course has no catalogue."""
    if not course.misconceptions.is_dir():
        return {}
    return {entry.name: (entry.title, entry.hint) for entry in load_catalogue(course.misconceptions)}
