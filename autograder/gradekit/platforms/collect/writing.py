"""Hand-ins to disk: one folder for each student, of plain files, below a class folder."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from gradekit.errors import GradekitError, IntakeError
from gradekit.intake.names import is_left_out, shown
from gradekit.intake.text import UnusableFileError
from gradekit.platforms.collect.handin import HandedFile, HandIn
from gradekit.rubric import IntakeLimits

TROUBLE_NAME = "not-collected.txt"
_PREFIX = ".collecting-"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


def write_handin(handin: HandIn, folder: Path, limits: IntakeLimits) -> list[str]:
    """Put the files of a hand-in into `folder`, which takes the place of an older one all at once.

    Returns what was left out and why. A hand-in may hold `limits.archive_bytes` and `limits.entries` files.
    """
    temporary = folder.with_name(f"{_PREFIX}{secrets.token_hex(8)}")
    try:
        temporary.mkdir()
        remarks = _write_files(handin.files, temporary, limits)
        if handin.trouble:
            remarks.append(handin.trouble)
        if remarks and not any(temporary.iterdir()):
            text = "".join(f"{remark}\n" for remark in remarks)
            (temporary / TROUBLE_NAME).write_text(text, encoding="utf-8", errors="replace")
        _replace(temporary, folder)
    except OSError as error:
        raise GradekitError(
            f"{folder}: cannot be written ({error.strerror}). Free some space or choose another folder, then collect again."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return remarks


def clear_leftovers(out: Path) -> None:
    """Remove what a run that was killed left behind."""
    for folder in out.glob(f"{_PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _write_files(files: Sequence[HandedFile], folder: Path, limits: IntakeLimits) -> list[str]:
    remarks = []
    room = limits.archive_bytes
    if len(files) > limits.entries:
        remarks.append(f"only the first {limits.entries:,} of {len(files):,} files were taken")
    for file in files[: limits.entries]:
        if is_left_out(file.path):
            continue
        name = shown("/".join(file.path))
        if len(file.path) > limits.depth + 1 or any(part in ("", ".", "..") or "/" in part for part in file.path):
            remarks.append(f"{name} lies too deep, or has an impossible name; it was left out")
            continue
        try:
            data = file.read(room)
        except (UnusableFileError, IntakeError) as trouble:
            remarks.append(f"{name}: {trouble}")
            continue
        room -= len(data)
        try:
            _write(folder, file.path, data)
        except OSError as error:
            if error.errno in _FULL:
                raise
            remarks.append(f"{name} cannot be stored here ({os.strerror(error.errno or 0)}); it was left out")
    return remarks


def _write(folder: Path, path: tuple[str, ...], data: bytes) -> None:
    """A new plain file: nothing is overwritten, and no link is followed, because there are none."""
    target = folder.joinpath(*path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)


def _replace(new: Path, old: Path) -> None:
    if not old.exists():
        new.rename(old)
        return
    aside = old.with_name(f"{_PREFIX}{secrets.token_hex(8)}")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        with contextlib.suppress(OSError):
            aside.rename(old)
        raise
    shutil.rmtree(aside, ignore_errors=True)
