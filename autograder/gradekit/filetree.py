"""A tree of files as path -> bytes: from a folder, into a folder, into a zip."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that the zip format knows: an archive depends on its files alone
_SKIPPED = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".DS_Store")


def read_tree(folder: Path, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file below a folder, in the order of names; none where there is no such folder."""
    for entry in sorted(folder.iterdir() if folder.is_dir() else ()):
        if entry.name in _SKIPPED or entry.suffix == ".pyc":
            continue
        if entry.is_dir():
            yield from read_tree(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def is_script(name: str, data: bytes) -> bool:
    """Whether a file is to be executable."""
    return data.startswith(b"#!") and not name.endswith(".py")


def zipped(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """Return a zip of the files, inside ``folder`` if one is named, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, _EPOCH)
            member.external_attr = (stat.S_IFREG | (0o755 if is_script(name, data) else 0o644)) << 16
            # Otherwise it is the system on which the archive was made.
            member.create_system = 3
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return buffer.getvalue()


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, path -> bytes, below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if is_script(name, data):
            path.chmod(0o755)
