"""Zip archives, read in memory: nothing is unpacked to disk, and nothing beyond the caps in memory."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
import zlib

from gradekit.errors import IntakeError
from gradekit.intake.folder import FOLDER_NOT_FILE, too_large
from gradekit.intake.names import is_left_out, is_misnamed_folder, member_parts, shown
from gradekit.intake.text import UnusableFileError
from gradekit.intake.upload import Item, Upload, demand_distinct
from gradekit.rubric import IntakeLimits

# Signatures, field offsets and extra fields: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, and Info-ZIP's "UT" field.
_CENTRAL = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_TIME_FIELD = 0x5455
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, OverflowError, struct.error)
_AGAIN = "zip the folder again and hand that in"


def open_archive(data: bytes, title: str, limits: IntakeLimits) -> Upload:
    """The files in a zip archive, without litter and the hand-out's own folders.

    Raises `IntakeError` for everything that an honest zip program does not write, or that unpacks beyond the caps.
    """
    demand_zip(data, title)
    members = _members(data, title, limits)
    begins = start_offsets(data, members, title)
    files: list[tuple[Item, tuple[zipfile.ZipInfo, int]]] = []
    folders: set[Item] = set()
    for member, start in zip(members, begins, strict=True):
        path = member_parts(member.orig_filename)
        is_folder = member.orig_filename.endswith(("/", "\\"))
        misnamed = [n for n in range(1, len(path) + is_folder) if is_misnamed_folder(path[n - 1])]
        if misnamed and not is_left_out(path[: misnamed[0]]):
            folders.add(Item(path[: misnamed[0]], None))
            continue
        if not path or is_folder or is_left_out(path):
            continue
        if len(path) - 1 > limits.depth:
            raise IntakeError(f"{title} is nested deeper than {limits.depth} folders; hand in the source files alone")
        files.append((Item(path, modified(member)), (member, start)))
    items = tuple(sorted([*(item for item, _ in files), *folders], key=lambda item: item.path))
    demand_distinct(title, [item.path for item in items])
    found = dict(files)

    def read(item: Item, limit: int) -> bytes:
        if item in folders:
            raise UnusableFileError(FOLDER_NOT_FILE)
        member, start = found[item]
        if member.file_size > limit:
            raise UnusableFileError(too_large(member.file_size, limit))
        return unpacked(data, member, start, title)

    return Upload(title, items, read)


def _members(data: bytes, title: str, limits: IntakeLimits) -> list[zipfile.ZipInfo]:
    """The table of contents, once it is known to be harmless and within the caps."""
    members = directory(data, title, limits)
    for member in members:
        demand_harmless(member, title, limits)
    total = sum(member.file_size for member in members)
    if total > limits.archive_bytes:
        raise IntakeError(
            f"{title} unpacks to {total:,} bytes, more than {limits.archive_bytes:,}; leave data and results out of it"
        )
    return members


def directory(data: bytes, title: str, limits: IntakeLimits) -> list[zipfile.ZipInfo]:
    """The table of contents as it stands; raises `IntakeError` when it is too long or cannot be read."""
    too_many = f"{title} holds more than {limits.entries:,} files; hand in the source files alone"
    if data.count(_CENTRAL) > limits.entries:  # before `zipfile` makes an object of each
        raise IntakeError(too_many)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except _UNREADABLE as error:
        raise IntakeError(f"{title} is damaged or no zip archive ({shown(str(error), 60)}); {_AGAIN}") from None


def demand_zip(data: bytes, title: str) -> None:
    """Raise `IntakeError` for nothing at all, and for the archives that people take for a zip."""
    for magic, kind in ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"), (b"\xfd7zXZ", "xz")):
        if data.startswith(magic):
            raise IntakeError(f"{title} is a {kind} archive, not a zip; please hand in a zip")
    if not data:
        raise IntakeError(f"{title} is empty (0 bytes), perhaps an upload that broke off; hand it in again")


def demand_harmless(member: zipfile.ZipInfo, title: str, limits: IntakeLimits) -> None:
    """Raise `IntakeError` for a member that is no plain file, or would unpack to much more than it is."""
    member_parts(member.orig_filename)
    name = f'"{shown(member.orig_filename)}" in {title}'
    if member.flag_bits & _ENCRYPTED:
        raise IntakeError(f"{name} is protected by a password; zip the folder without one and hand that in")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise IntakeError(f"{name} is packed by an unusual method; {_AGAIN} with your system's own zip program")
    mode = stat.S_IFMT(member.external_attr >> 16)
    if mode == stat.S_IFLNK:
        raise IntakeError(f"{name} is a symbolic link; replace it by the file itself and {_AGAIN}")
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise IntakeError(f"{name} is a device, a socket or a pipe, not a file; {_AGAIN}")
    if member.file_size > max(limits.file_bytes, limits.ratio * member.compress_size):
        raise IntakeError(
            f"{name} unpacks to more than {limits.ratio} times its size; leave data and results out of it"
        )


def start_offsets(data: bytes, members: list[zipfile.ZipInfo], title: str) -> list[int]:
    """Where each member's packed bytes begin; local headers must agree with the directory, and no members overlap."""
    starts = []
    extents = []
    for member in members:
        at = member.header_offset
        try:
            signature, _, flags, method, *_, name_length, extra_length = _LOCAL.unpack_from(data, at)
        except struct.error:
            raise IntakeError(f"{title} is cut off; {_AGAIN}") from None
        name = data[at + _LOCAL.size : at + _LOCAL.size + name_length]
        start = at + _LOCAL.size + name_length + extra_length
        if signature != b"PK\x03\x04" or method != member.compress_type or flags & _ENCRYPTED or at < 0:
            raise IntakeError(f"{title} is damaged: its table of contents does not fit its files; {_AGAIN}")
        if name.decode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace") != member.orig_filename:
            raise IntakeError(f'"{shown(member.orig_filename)}" in {title} has two different names; {_AGAIN}')
        starts.append(start)
        extents.append((at, start + member.compress_size))
    extents.sort()
    ends = [end for _, end in extents]
    if any(end > following for end, (following, _) in zip(ends, extents[1:], strict=False)) or max(
        ends, default=0
    ) > len(data):
        raise IntakeError(f"{title} is damaged: its files overlap; {_AGAIN}")
    return starts


def unpacked(data: bytes, member: zipfile.ZipInfo, start: int, title: str) -> bytes:
    """The member's bytes; never more than one byte beyond the size that the directory promises."""
    packed = data[start : start + member.compress_size]
    body = packed
    if member.compress_type == zipfile.ZIP_DEFLATED:
        try:
            body = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.file_size + 1)
        except zlib.error:
            body = b""
    if len(body) != member.file_size or zlib.crc32(body) != member.CRC:
        raise IntakeError(f'"{shown(member.orig_filename)}" in {title} is damaged; {_AGAIN}')
    return body


def modified(member: zipfile.ZipInfo) -> float | None:
    """Seconds since the epoch; without the extra field the time has no zone, and is taken for this machine's."""
    extra = member.extra
    while len(extra) >= 4:
        field, length = struct.unpack_from("<2H", extra)
        if field == _TIME_FIELD and length >= 5 and len(extra) >= 9 and extra[4] & 1:
            return float(struct.unpack_from("<i", extra, 5)[0])
        extra = extra[4 + length :]
    if member.date_time[0] <= 1980:
        return None  # the format's zero: no time was recorded
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return None
