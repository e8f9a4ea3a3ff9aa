"""The two repositories of a course on GitHub or GitLab, as files to be pushed."""

from __future__ import annotations

from pathlib import Path

from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.filetree import read_tree
from gradekit.platforms.kit import kit_files

_HERE = Path(__file__).parent
_SCRIPTS = ("fetch.sh", "return.sh", "students.csv")


def repositories(course: Course, templates: Path, lock: Path | None = None) -> dict[str, bytes]:
    """Path -> bytes: `student/` is the hand-out with a workflow, `grading/` the whole kit with another.

    `templates` is the folder of what differs between the platforms. Only `grading/` holds hidden checks and solution.
    Raises GradekitError where there is no hand-out yet.
    """
    handout = dict(read_tree(course.assignment))
    if not handout:
        raise GradekitError(f"{course.assignment}: there is no hand-out yet. Make it with `gradekit release`.")
    grading = {**kit_files(course, lock), **{name: (_HERE / name).read_bytes() for name in _SCRIPTS}}
    grading[".gitignore"] = b"class/\ngrades/\n"
    files = {f"student/{name}": data for name, data in handout.items()}
    files.update({f"grading/{name}": data for name, data in grading.items()})
    files.update(read_tree(templates))
    return files
