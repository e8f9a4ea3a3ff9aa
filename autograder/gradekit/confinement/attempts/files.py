"""Attempts on files."""

from __future__ import annotations

import os
import stat

from gradekit.confinement.attempts.evidence import expect
from gradekit.confinement.target import CANARY, CANARY_BYTES, CUTTABLE, REMOVABLE, Target


def read_file(target: Target) -> None:
    """Read a file of the course."""
    expect(target.secret, os.read(os.open(target.folder / CANARY, os.O_RDONLY), CANARY_BYTES))


def read_file_by_alias(target: Target) -> None:
    """Read it by a path through /proc."""
    expect(target.secret, os.read(os.open(f"/proc/self/root{target.folder / CANARY}", os.O_RDONLY), CANARY_BYTES))


def read_inherited_descriptor(target: Target) -> None:
    """Read what the grader had open."""
    expect(target.secret, os.read(target.inherited, CANARY_BYTES))


def stat_file(target: Target) -> None:
    """Ask for a file's size and times."""
    (target.folder / CANARY).stat()


def list_folder(target: Target) -> None:
    """List a folder."""
    os.listdir(target.folder)  # noqa: PTH208 - a generator would not have begun


def create_file(target: Target) -> None:
    """Create an empty file."""
    os.mknod(target.folder / "empty", stat.S_IFREG | 0o600)


def link_file(target: Target) -> None:
    """Plant a symbolic link."""
    (target.folder / "link").symlink_to(CANARY)


def remove_file(target: Target) -> None:
    """Remove a file."""
    (target.folder / REMOVABLE).unlink()


def cut_file(target: Target) -> None:
    """Empty a file by its path."""
    os.truncate(target.folder / CUTTABLE, 0)


def change_mode(target: Target) -> None:
    """Change a file's permissions."""
    (target.folder / CANARY).chmod(0o644)


def change_times(target: Target) -> None:
    """Back-date a file."""
    os.utime(target.folder / CANARY, (0, 0))
