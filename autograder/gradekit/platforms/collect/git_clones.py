"""A folder of Git clones, one for each student; the hand-in is what is checked out."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import unicodedata
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from gradekit.intake.download import Download
from gradekit.platforms.collect.handin import HandedFile, HandIn

_COMMIT = re.compile(r"[0-9a-f]{40}")
_COMMITTER = re.compile(rb"^committer [^\n]*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)
_SMALL = 1 << 20
_SECONDS = 30


def read_git_clones(download: Download) -> list[HandIn]:
    """The clones in a folder; `login` is the name of the clone's folder, `submitted` the time of its last commit."""
    if not download.path.is_dir():
        return []
    found = []
    folders = {unicodedata.normalize("NFC", child.name): child for child in download.path.iterdir()}
    for entry in download.entries:
        clone = folders[entry.name]
        if entry.is_file or not (clone / ".git").exists():
            continue
        files = tuple(HandedFile(item.path, partial(entry.read, item)) for item in entry.items)
        found.append(
            HandIn(entry.name, files, login=entry.name, submitted=commit_time(clone / ".git"), trouble=entry.trouble)
        )
    return found


def commit_time(git: Path) -> datetime | None:
    """When the commit that is checked out was made, by the clock of whoever made it; None if that cannot be read.

    Whoever made the repository may have written its settings, and Git would run programs that they name. So Git is
    given the objects alone, below an empty repository of our own.
    """
    commit = _head(git)
    if not _COMMIT.fullmatch(commit):
        return None
    with tempfile.TemporaryDirectory(prefix="gradekit-") as folder:
        for part in ("objects", "refs"):
            (Path(folder) / part).mkdir()
        (Path(folder) / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_DIR": folder,
            "GIT_OBJECT_DIRECTORY": str((git / "objects").resolve()),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        try:
            done = subprocess.run(
                ["git", "cat-file", "commit", commit],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
    found = _COMMITTER.search(done.stdout.partition(b"\n\n")[0])
    if not found:
        return None
    try:
        return datetime.fromtimestamp(int(found[1]), tz=timezone.utc)
    except (OverflowError, ValueError, OSError):
        return None


def _head(git: Path) -> str:
    head = _small_text(git / "HEAD")
    if not head.startswith("ref: refs/"):
        return head
    reference = head.removeprefix("ref: ")
    if ".." in reference.split("/"):
        return ""
    loose = _small_text(git / reference)
    return loose or _packed(_small_text(git / "packed-refs"), reference)


def _packed(text: str, reference: str) -> str:
    for line in text.splitlines():
        commit, _, name = line.partition(" ")
        if name == reference:
            return commit
    return ""


def _small_text(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return file.read(_SMALL).decode("ascii", "replace").strip()
    except OSError:
        return ""
