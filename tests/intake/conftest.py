"""A writer of hand-ins on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder of files (relative name → text or bytes) and give its path."""

    def write(files: Mapping[str, str | bytes], name: str = "student-001") -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        for relative, content in files.items():
            target = folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write
