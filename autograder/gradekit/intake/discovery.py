"""Paths on the command line → submissions, one per student."""

from __future__ import annotations

import stat
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from gradekit.errors import IntakeError
from gradekit.intake.archive import open_archive
from gradekit.intake.choosing import choose
from gradekit.intake.drafts import is_candidate, is_notebook
from gradekit.intake.folder import open_file, open_folder, read_file, unreadable
from gradekit.intake.names import ARCHIVES, LITTER, escaped, is_litter, shown, student_id, twin_key
from gradekit.intake.submission import IntakeRules, Refused, Submission
from gradekit.intake.text import UnusableFileError

HANDOUT = "assignment"  # what `gradekit release` calls the hand-out's folder


def read_submission(path: Path, student: str, rules: IntakeRules) -> Submission:
    """Read one hand-in: a folder, a zip of it, a notebook, or a single one of the files.

    Raises `IntakeError`, one sentence that names the thing and the way out, when it cannot be graded as it is.
    """
    student = student_id(student)
    return _read(_resolved(path), student, rules)


def discover(paths: Sequence[Path], rules: IntakeRules) -> list[Submission | Refused]:
    """Read every hand-in that `paths` name, sorted by student; a path may be a hand-in or a folder of them.

    What cannot be graded comes back as `Refused` and disturbs no other; two hand-ins of one student, or of ids that
    differ in case or composition alone, are refused both. Raises `IntakeError` only when a path itself cannot be used.
    """
    uploads = dict.fromkeys(upload for path in paths for upload in _uploads(_resolved(path), rules))
    by_id: dict[str, list[Path]] = defaultdict(list)
    found: dict[str, Submission | Refused] = {}
    for upload in uploads:
        raw = _raw_id(upload.name)
        try:
            by_id[student_id(raw)].append(upload)
        except IntakeError as error:
            found[escaped(raw)] = Refused(escaped(raw), str(error))
    twins: dict[str, list[str]] = defaultdict(list)
    for student in by_id:
        twins[twin_key(student)].append(student)
    for student, handed_in in by_id.items():
        namesakes = sorted({shown(path.name, 60) for twin in twins[twin_key(student)] for path in by_id[twin]})
        if len(handed_in) > 1 or len(twins[twin_key(student)]) > 1:
            names = ", ".join(namesakes)
            reason = f"there is more than one hand-in for this student id ({names}); keep one, or rename the others"
            found[student] = Refused(student, reason)
        else:
            found[student] = _read_or_refuse(handed_in[0], student, rules)
    return [found[student] for student in sorted(found)]


def _read_or_refuse(path: Path, student: str, rules: IntakeRules) -> Submission | Refused:
    try:
        return _read(path, student, rules)
    except IntakeError as error:
        return Refused(student, str(error))


def _read(path: Path, student: str, rules: IntakeRules) -> Submission:
    title = shown(path.name)
    mode = _mode(path)
    if stat.S_ISLNK(mode):
        raise IntakeError(f"{title} is a symbolic link; replace it by what it points to")
    if stat.S_ISDIR(mode):
        return choose(open_folder(path, rules.limits), student, "folder", rules)
    name = path.name.casefold()
    if name.endswith(".zip"):
        try:
            data = read_file(path, rules.limits.archive_bytes)
        except UnusableFileError as trouble:
            raise IntakeError(f"{title} {trouble}") from None
        return choose(open_archive(data, title, rules.limits), student, "zip", rules)
    if name.endswith(ARCHIVES):
        raise IntakeError(f"{title} is not a zip; please hand in a zip")
    if is_notebook(name) or is_candidate(name, rules):
        return choose(open_file(path), student, "file", rules)
    raise IntakeError(f"{title} is no hand-in; give a folder, a zip, a notebook, or one of {', '.join(rules.names)}")


def _resolved(path: Path) -> Path:
    """The path that the user named, links followed: he may link to a class, only a hand-in may not lead elsewhere."""
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:
        raise IntakeError(f"{shown(str(path), 200)}: no such file or folder; check the path") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise IntakeError(f"{shown(str(path), 200)} cannot be used ({shown(str(error))}); check the path") from None


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError as error:
        raise unreadable(path.name, error) from None


def folder_id(name: str) -> str:
    """The id of the student whose folder in a class is called `name`; "" for a folder that is no student's."""
    return "" if is_litter(name) or name == HANDOUT else _raw_id(name)


def _raw_id(name: str) -> str:
    for ending in (".zip", ".ipynb", ".py", *sorted(ARCHIVES, key=len, reverse=True)):
        if name.casefold().endswith(ending):
            return name[: -len(ending)]
    return name


def _uploads(path: Path, rules: IntakeRules) -> list[Path]:
    if not stat.S_ISDIR(_mode(path)):
        if _is_upload(path, rules):
            return [path]
        raise IntakeError(f"{shown(path.name)} is no hand-in; give a folder, a zip, a notebook, or a class folder")
    try:
        inside = sorted(child for child in path.iterdir() if not is_litter(child.name))
    except OSError as error:
        raise unreadable(path.name, error) from None
    uploads = [child for child in inside if _is_upload(child, rules)]
    return [path] if _is_one_submission(inside, uploads, rules) else uploads


def _is_upload(path: Path, rules: IntakeRules) -> bool:
    mode = _mode(path)
    if stat.S_ISDIR(mode) or stat.S_ISLNK(mode):
        return path.name not in LITTER
    low = path.name.casefold()
    return low.endswith((".zip", ".ipynb", *ARCHIVES)) or is_candidate(low, rules)


def _is_one_submission(inside: Sequence[Path], uploads: Sequence[Path], rules: IntakeRules) -> bool:
    """A folder is one hand-in when it holds the files themselves, or nothing that could be a student's."""
    if any(is_candidate(child.name, rules) for child in inside) or not uploads:
        return True
    if len(uploads) == 1:
        return is_notebook(uploads[0].name) or uploads[0].name == HANDOUT
    return False
