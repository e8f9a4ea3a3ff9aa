"""A student's id as a file name: the same on every system, never a collision, an option, or a reserved word."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ENDS_LIKE_A_HASH = re.compile(r"-[0-9a-f]{12}$")
# Windows keeps these for devices, with any extension.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def file_stem(student: str) -> str:
    """A file name without extension for the id `student`: lower-case ASCII letters, digits and dashes, at most 60.

    A plain id is its own name. Any other keeps what is readable of it and gets 12 hexadecimal digits of its SHA-256;
    capital letters count as other, because some file systems do not tell them apart.
    """
    if _PLAIN.fullmatch(student) and student not in _RESERVED and not _ENDS_LIKE_A_HASH.search(student):
        return student
    readable = re.sub(r"[^a-z0-9]+", "-", student.lower()).strip("-")[:47].rstrip("-")
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable or 'student'}-{digest}"
