"""What a course platform's download says of one hand-in, before anybody knows whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HandedFile:
    """One file of a hand-in: its path below the hand-in, and `read(limit)` for its bytes.

    `read` raises `UnusableFileError` or `IntakeError` when this file cannot be taken.
    """

    path: tuple[str, ...]
    read: Callable[[int], bytes]


@dataclass(frozen=True)
class HandIn:
    """One attempt of one student.

    `source` is what the download calls it; `number`, `name`, `email` and `login` are the platform's, "" where it does
    not say. `submitted` has a time zone. `late` is the platform's mark, `minutes_late` its own count, in minutes after
    the deadline. `attempts` counts this one and those before it that the download tells of. `trouble` says why there
    is nothing to take.
    """

    source: str
    files: tuple[HandedFile, ...]
    number: str = ""
    name: str = ""
    email: str = ""
    login: str = ""
    submitted: datetime | None = None
    late: bool = False
    minutes_late: float | None = None
    attempts: int = 1
    trouble: str = ""
