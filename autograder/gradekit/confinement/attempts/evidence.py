"""What counts as having read something."""

from __future__ import annotations


def expect(secret: bytes, found: bytes) -> None:
    """Raise LookupError, which no refusal of the kernel looks like, unless the secret itself was found."""
    if found != secret:
        raise LookupError("bytes were read, but not the secret")
