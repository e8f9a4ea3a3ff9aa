"""A whole class's hand-ins as a platform gives them: one archive, or the folder that it was unpacked to.

One student's odd file must not keep the class from being collected. So, unlike in the archive that one student hands
in, whatever is wrong with a single file is told when that file is read.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gradekit.errors import IntakeError
from gradekit.intake.archive import demand_harmless, demand_zip, directory, modified, start_offsets, unpacked
from gradekit.intake.folder import open_file, open_folder, read_file, too_large, unreadable
from gradekit.intake.names import is_left_out, is_litter, member_parts, shown
from gradekit.intake.text import UnusableFileError
from gradekit.intake.upload import Item
from gradekit.rubric import IntakeLimits

MOST_BYTES = 1 << 30  # of a packed class: it is read into memory
MOST_ENTRIES = 1_000_000
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class Entry:
    """One thing at the top of a download, a folder or a file.

    The paths of `items` begin below the folder; a file is its own only item. `read(item, limit)` gives bytes, or
    raises `UnusableFileError` or `IntakeError` for this one item. `trouble` says why a folder could not be opened.
    """

    name: str
    items: tuple[Item, ...]
    read: Callable[[Item, int], bytes]
    is_file: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Download:
    """The entries of a class download in the order of their names, and remarks about what was left out."""

    path: Path
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()


def open_download(path: Path, limits: IntakeLimits) -> Download:
    """The class in a zip archive or a folder; raises `IntakeError` when `path` is neither, or cannot be used.

    `limits` are those of one hand-in. They hold for each of them, and not for the class.
    """
    title = shown(path.name)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise unreadable(str(path), error) from None
    if stat.S_ISDIR(mode):
        return _folder(path, limits)
    try:
        data = read_file(path, MOST_BYTES)
    except UnusableFileError as trouble:
        raise IntakeError(f"{title} {trouble}, or unpack it and name the folder") from None
    return _archive(data, path, limits)


def open_inside(download: Download, limits: IntakeLimits) -> Download | None:
    """The folder that is all there is in `download`, as a download of its own; None where there is more, or a file."""
    if len(download.entries) != 1 or download.entries[0].is_file:
        return None
    outer = download.entries[0]
    if download.path.is_dir():
        return _folder(next(child for child in download.path.iterdir() if not is_litter(child.name)), limits)
    below: dict[str, list[Item]] = defaultdict(list)
    for item in outer.items:
        below[item.path[0]].append(replace(item, path=item.path[1:] or item.path))

    def read(parts: tuple[str, ...], limit: int) -> bytes:
        return outer.read(Item(parts, None), limit)

    files = {item.path for item in outer.items if len(item.path) == 1}
    entries = tuple(_entry(name, tuple(items), (name,) in files, read) for name, items in below.items())
    return replace(download, entries=entries)


def _folder(path: Path, limits: IntakeLimits) -> Download:
    try:
        children = sorted(child for child in path.iterdir() if not is_litter(child.name))
    except OSError as error:
        raise unreadable(path.name, error) from None
    return Download(path, tuple(_child(child, limits) for child in children))


def _child(path: Path, limits: IntakeLimits) -> Entry:
    name = unicodedata.normalize("NFC", path.name)
    try:
        if path.is_symlink():
            raise IntakeError(f"{shown(path.name)} is a symbolic link; replace it by what it points to")
        upload = open_folder(path, limits) if path.is_dir() else open_file(path)
    except IntakeError as error:
        return Entry(name, (), _nothing, trouble=str(error))
    return Entry(name, upload.items, upload.read, is_file=not path.is_dir())


def _nothing(item: Item, _limit: int) -> bytes:
    raise UnusableFileError(f"{shown(item.name)} was not opened")


def _archive(data: bytes, path: Path, limits: IntakeLimits) -> Download:
    title = shown(path.name)
    demand_zip(data, title)
    members = directory(data, title, replace(limits, entries=MOST_ENTRIES))
    found: dict[tuple[str, ...], tuple[zipfile.ZipInfo, int]] = {}
    folders: set[str] = set()
    remarks = []
    for member, start in zip(members, start_offsets(data, members, title), strict=True):
        try:
            parts = member_parts(_name(member))
        except IntakeError as error:
            remarks.append(f"left out: {error}")
            continue
        if not parts or is_left_out(parts):
            continue
        if member.orig_filename.endswith(("/", "\\")):
            folders.add(parts[0])
        else:
            found[parts] = member, start

    def read(parts: tuple[str, ...], limit: int) -> bytes:
        member, start = found[parts]
        if member.file_size > limit:
            raise UnusableFileError(too_large(member.file_size, limit))
        demand_harmless(member, title, limits)
        return unpacked(data, member, start, title)

    below: dict[str, list[Item]] = defaultdict(list)
    for parts, (member, _) in sorted(found.items()):
        below[parts[0]].append(Item(parts[1:] or parts, modified(member)))
    entries = tuple(_entry(name, tuple(below[name]), (name,) in found, read) for name in sorted(below.keys() | folders))
    return Download(path, entries, tuple(remarks))


def _entry(name: str, items: tuple[Item, ...], is_file: bool, read: Callable[[tuple[str, ...], int], bytes]) -> Entry:
    if is_file:
        items = tuple(item for item in items if item.path == (name,))
    return Entry(
        unicodedata.normalize("NFC", name),
        items,
        lambda item, limit: read((name,) if is_file else (name, *item.path), limit),
        is_file,
    )


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; some platforms write UTF-8 without saying so, which is then read as IBM's code page 437."""
    name = member.orig_filename
    if member.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
