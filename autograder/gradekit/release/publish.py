"""Put finished files onto the disk so that a reader finds the old ones or the new ones, never half of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from gradekit.errors import ReleaseError
from gradekit.filetree import write_tree

_OWN = ("conftest.py", "pytest.ini", "checks")


def refuse_foreign(folder: Path, root: Path) -> None:
    """Raise ReleaseError unless ``folder`` may be replaced: new, empty or an earlier hand-out, and not the course."""
    folder, root = folder.resolve(), root.resolve()
    if root.is_relative_to(folder):
        raise ReleaseError(f"{folder} holds the course: name a folder for the hand-out alone")
    if folder.exists() and not folder.is_dir():
        raise ReleaseError(f"{folder} is a file: name a folder for the hand-out")
    if folder.exists() and any(folder.iterdir()) and not all((folder / name).exists() for name in _OWN):
        raise ReleaseError(
            f"{folder} holds other things than a hand-out, and all of it would be replaced: name an empty folder"
        )


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder by these files and no others.

    Raises ReleaseError, with the old folder in place, when it cannot be written.
    """
    staging: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        new, old = staging / "new", staging / "old"
        new.mkdir()
        write_tree(new, files)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise ReleaseError(f"{folder} cannot be written ({error.strerror}): nothing was changed") from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file at once; raises ReleaseError, with the old file in place, when it cannot be written."""
    staging: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, staging = mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # A temporary file is for its owner alone; what students get is for everyone.
        Path(staging).chmod(0o644)
        Path(staging).replace(path)
        staging = None
    except OSError as error:
        raise ReleaseError(f"{path} cannot be written ({error.strerror}): nothing was changed") from error
    finally:
        if staging is not None:
            Path(staging).unlink(missing_ok=True)
