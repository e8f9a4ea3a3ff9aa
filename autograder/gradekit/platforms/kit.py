"""The kit as files: engine, course, locked dependencies and a script that installs them, to be put where a platform runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gradekit
from gradekit.course import CONFIG_NAME, Course
from gradekit.errors import GradekitError
from gradekit.filetree import read_tree, write_tree
from gradekit.platforms.lock import GRADING, locked_for

ENGINE = Path(gradekit.__file__).parent
LOCK = "requirements.lock"
INSTALL = "install.sh"


def kit_files(course: Course, lock: Path | None = None) -> dict[str, bytes]:
    """Path -> bytes of a kit that can grade: `install.sh`, `requirements.lock`, `gradekit/` and `course/`.

    Of the course and the locked packages only what grading needs: no corpus, no record, no notebook server. Raises
    GradekitError where a lock file is missing.
    """
    files = {INSTALL: (Path(__file__).parent / INSTALL).read_bytes(), LOCK: _locked(course, lock).encode()}
    files.update({f"gradekit/{name}": data for name, data in read_tree(ENGINE)})
    files[f"course/{CONFIG_NAME}"] = (course.root / CONFIG_NAME).read_bytes()
    folders = (
        course.public_checks,
        course.hidden_checks,
        course.misconceptions,
        course.solution,
        course.datasets,
        course.assignment,
    )
    for folder in folders:
        place = folder.relative_to(course.root).as_posix()
        files.update({f"course/{place}/{name}": data for name, data in read_tree(folder)})
    return files


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that is new or empty; GradekitError where it is neither, or cannot be written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GradekitError(f"{folder}: is there already, and nothing in it is overwritten. Name a new folder.")
    try:
        write_tree(folder, files)
    except OSError as error:
        raise GradekitError(f"{folder}: cannot be written ({error.strerror}). Choose another --out.") from error


def _locked(course: Course, lock: Path | None) -> str:
    path = _lock_file(course, lock)
    try:
        return locked_for(GRADING, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GradekitError(f"{path}: cannot be read ({error}).") from error


def _lock_file(course: Course, lock: Path | None) -> Path:
    """The lock file that was named, else the course's, else that of the checkout which the engine runs from."""
    if lock is not None:
        if not lock.is_file():
            raise GradekitError(f"{lock}: there is no such file. Name the file of locked dependencies with --lock.")
        return lock
    for folder in (course.root, ENGINE.parent.parent):
        if (folder / LOCK).is_file():
            return folder / LOCK
    raise GradekitError(
        f"{course.root}: has no {LOCK}, and this gradekit runs from no checkout that has one. Name one with --lock."
    )
