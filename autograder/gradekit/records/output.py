"""The output folder of a grading: made if it is missing, refused in one line if it cannot serve, and locked."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.records.atomic import TEMPORARY_PREFIX

RECORDS = "records"
_LOCK = ".lock"


def open_output(out: Path) -> Path:
    """The folder `out`, created if need be and proved writable; raises GradekitError otherwise."""
    if out.exists() and not out.is_dir():
        raise GradekitError(f"{out}: is a file, and results go into a folder. Choose another --out.")
    try:
        (out / RECORDS).mkdir(parents=True, exist_ok=True)
        for folder in (out, out / RECORDS):
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        raise GradekitError(
            f"{out}: results cannot be written there ({error.strerror}). Choose another --out, or mend its permissions."
        ) from error
    return out


@contextlib.contextmanager
def lock_output(out: Path) -> Iterator[None]:
    """Hold the folder `out` (made by `open_output`) for one run; GradekitError while another run holds it.

    The system drops the lock when the process ends, however it ends.
    """
    try:
        handle = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise GradekitError(f"{out / _LOCK}: cannot be opened ({error.strerror}). Choose another --out.") from error
    try:
        if not _take(handle):
            raise GradekitError(
                f"{out}: another gradekit run is writing there. Wait until it ends, or choose another --out."
            )
        _remove_leftovers(out)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _remove_leftovers(out: Path) -> None:
    """Delete what a killed run was writing; only the holder of the lock may."""
    for leftover in (out / RECORDS).glob(f"{TEMPORARY_PREFIX}*"):
        with contextlib.suppress(OSError):
            leftover.unlink()
