"""Classroom 50: the folder of an assignment in the classroom's configuration repository."""

from __future__ import annotations

from pathlib import Path

from gradekit.course import Course
from gradekit.platforms.kit import kit_files

ENTRYPOINT = "autograder.py"


def assignment_files(course: Course, lock: Path | None = None) -> dict[str, bytes]:
    """Path -> bytes of `autograders/ASSIGNMENT/`: the whole kit, and the entry point that the runner starts."""
    return {**kit_files(course, lock), ENTRYPOINT: (Path(__file__).parent / ENTRYPOINT).read_bytes()}
