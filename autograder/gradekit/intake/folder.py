"""Folders and single files on disk, read without ever following a link or waiting on a pipe."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from gradekit.errors import IntakeError
from gradekit.intake.names import LEFT_OUT_FOLDERS, demand_plain, is_litter, is_misnamed_folder, shown
from gradekit.intake.text import UnusableFileError
from gradekit.intake.upload import Item, Upload, demand_distinct
from gradekit.rubric import IntakeLimits

FOLDER_NOT_FILE = "is a folder, not a file; hand in the file itself"
NO_FILE = "is a device, a socket or a pipe, not a file; hand in the file itself"
_CHUNK = 1 << 20


def open_folder(path: Path, limits: IntakeLimits) -> Upload:
    """The files below folder `path`, without litter and the hand-out's own folders.

    Raises `IntakeError` when there are more than `limits.entries` or they lie deeper than `limits.depth`.
    """
    title = shown(path.name)
    root = _open(path, None, folder=True)
    try:
        items = [Item(parts, modified) for parts, modified in _walk(root, (), limits, title, [0])]
    except OSError as error:
        raise unreadable(path.name, error) from None
    finally:
        os.close(root)
    items.sort(key=lambda item: item.path)
    demand_distinct(title, [item.path for item in items])

    def read(item: Item, limit: int) -> bytes:
        opened = [_open(path, None, folder=True)]
        try:
            for part in item.folder:
                opened.append(_open(part, opened[-1], folder=True))
            return _read(item.name, opened[-1], limit)
        finally:
            for descriptor in opened:
                os.close(descriptor)

    return Upload(title, tuple(items), read)


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of one regular file; raises `UnusableFileError` when it is none, or larger than `limit` bytes."""
    return _read(path, None, limit)


def open_file(path: Path) -> Upload:
    """A single file as an upload of its own."""
    try:
        modified = path.lstat().st_mtime
    except OSError as error:
        raise unreadable(path.name, error) from None
    item = Item((path.name,), modified)
    return Upload(shown(path.name), (item,), lambda _, limit: read_file(path, limit))


def unreadable(name: str, error: OSError) -> IntakeError:
    """The system's refusal to read `name`, as one line."""
    return IntakeError(
        f"{shown(name)} cannot be read ({os.strerror(error.errno or 0)}); check the path and its permissions"
    )


def _walk(
    folder: int, parts: tuple[str, ...], limits: IntakeLimits, title: str, seen: list[int]
) -> Iterator[tuple[tuple[str, ...], float | None]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = (*parts, entry.name)
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_litter(entry.name) or (is_folder and entry.name in LEFT_OUT_FOLDERS):
                continue
            seen[0] += 1
            if seen[0] > limits.entries:
                raise IntakeError(f"{title} holds more than {limits.entries:,} files; hand in the source files alone")
            demand_plain(entry.name)
            if not is_folder or is_misnamed_folder(entry.name):
                yield path, _modified(entry)
                continue
            if len(path) > limits.depth:
                raise IntakeError(
                    f"{title} is nested deeper than {limits.depth} folders; hand in the source files alone"
                )
            inner = _open(entry.name, folder, folder=True)
            try:
                yield from _walk(inner, path, limits, title, seen)
            finally:
                os.close(inner)


def _modified(entry: os.DirEntry[str]) -> float | None:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return None


def _open(name: str | Path, parent: int | None, *, folder: bool) -> int:
    kind = os.O_DIRECTORY if folder else os.O_NONBLOCK  # opening a pipe must not wait for its other end
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | kind, dir_fd=parent)
    except OSError as error:
        if folder:
            raise unreadable(os.fspath(name), error) from None
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise UnusableFileError("is a symbolic link; hand in the file itself") from None
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):
            raise UnusableFileError(NO_FILE) from None
        raise UnusableFileError(f"cannot be read ({os.strerror(error.errno or 0)}); check its permissions") from None


def _read(name: str | Path, parent: int | None, limit: int) -> bytes:
    descriptor = _open(name, parent, folder=False)
    data = bytearray()
    try:
        about = os.fstat(descriptor)
        _demand_own_file(about)
        while len(data) <= limit and (chunk := os.read(descriptor, min(_CHUNK, limit + 1 - len(data)))):
            data += chunk
    except OSError as error:
        raise UnusableFileError(f"cannot be read ({os.strerror(error.errno or 0)}); check the disk") from None
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise UnusableFileError(too_large(max(about.st_size, len(data)), limit))
    return bytes(data)


def _demand_own_file(about: os.stat_result) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise UnusableFileError(FOLDER_NOT_FILE)
    if not stat.S_ISREG(about.st_mode):
        raise UnusableFileError(NO_FILE)
    if about.st_nlink != 1:
        raise UnusableFileError("is a hard link to a file that is stored elsewhere as well; hand in a copy")


def too_large(size: int, limit: int) -> str:
    """Why a file of `size` bytes is not taken, as the predicate of a sentence."""
    return f"has {size:,} bytes, more than {limit:,}; leave data, results and outputs out of it"
