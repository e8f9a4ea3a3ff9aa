"""Write a file so that a reader, or a crash at any moment, sees the old content or the new one, never half of it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from gradekit.errors import GradekitError

TEMPORARY_PREFIX = ".writing-"


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whose folder exists; GradekitError (full disk, read-only) leaves the old file."""
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise GradekitError(
            f"{path}: cannot be written ({error.strerror}). Free some space or choose another folder, then run "
            "the same command again; what was finished is kept."
        ) from error
