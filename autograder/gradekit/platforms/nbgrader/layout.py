"""An nbgrader course folder as nbgrader itself sees it: where each step lies, who handed in, which database."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from gradekit.errors import GradekitError

TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105 - the name of a file
_LONGEST = 100  # characters of a time stamp
_LONGEST_SECRET = 1000


@dataclass(frozen=True)
class CourseFolder:
    """The folder of an nbgrader course, one of its assignments, and the URL of its database."""

    directory: CourseDirectory
    lab: str
    db_url: str

    @property
    def root(self) -> Path:
        """The course's folder."""
        return Path(self.directory.root)

    def submitted(self) -> dict[str, Path]:
        """Return student -> folder of what `nbgrader collect` brought, in the order of the ids."""
        step = self.directory.submitted_directory
        pattern = self.directory.format_path(step, "(?P<student>[^/]+)", self.lab, escape=True)
        paths = self.root.glob(os.path.relpath(self.directory.format_path(step, "*", self.lab), self.root))
        found = ((re.fullmatch(pattern, str(path)), path) for path in paths)
        return {match["student"]: path for match, path in sorted(found, key=lambda entry: entry[1]) if match}

    def autograded(self, student: str) -> Path:
        """Return the folder in which formgrader and feedback look for a graded hand-in."""
        return self._path(self.directory.autograded_directory, student)

    @property
    def released(self) -> Path:
        """The folder that `nbgrader generate_assignment` writes."""
        return self._path(self.directory.release_directory, ".")

    def _path(self, step: str, student: str) -> Path:
        return Path(self.directory.format_path(step, student, self.lab))


def open_course(folder: Path, lab: str, db_url: str = "") -> CourseFolder:
    """Return the nbgrader course in ``folder``, by its own configuration; ``db_url`` takes precedence over that.

    Raises GradekitError for what is no nbgrader course.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise GradekitError(f"{folder}: there is no such folder; name the folder of an nbgrader course")
    application = NbGrader(log_level=logging.ERROR)
    application.load_cwd_config = False
    with _import_path_kept():
        application.initialize([], root=str(folder))
    directory = application.coursedir
    # a configuration of the user's may name another course
    directory.root = str(folder)
    return CourseFolder(directory, lab, db_url or directory.db_url)


def read_timestamp(folder: Path) -> datetime | None:
    """Return when a hand-in was submitted (UTC), None where nothing says so; raises GradekitError for other text."""
    path = folder / TIMESTAMP
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST).strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise GradekitError(f"{path}: cannot be read; remove it") from None
    if not text:
        return None
    try:
        moment: datetime = parse_utc(text)
    except (ValueError, OverflowError):
        raise GradekitError(f"{path}: holds no time; write one such as 2027-01-31 23:59:00 UTC, or remove it") from None
    return moment


def read_secret(*folders: Path) -> str:
    """Return the secret under which `nbgrader release_feedback` files a hand-in's page: the first of ``folders``' own.

    A hand-in that did not come through the exchange has none, and gets one, without which that command would break off.
    """
    for path in (folder / SECRET for folder in folders):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if not path.is_symlink() and path.stat().st_size <= _LONGEST_SECRET:
                return path.read_text(encoding="utf-8")
    return secrets.token_hex(64)


@contextlib.contextmanager
def _import_path_kept() -> Iterator[None]:
    """Undo that nbgrader puts the working folder first in the import path."""
    path = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = path
