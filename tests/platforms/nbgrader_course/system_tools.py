"""Programs of the system that some tests need: in CI they must be there, elsewhere a test says what it lacks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def needed(program: str, package: str, folders: str = "") -> str:
    """Return the path of a program, also looked for in ``folders`` (a glob pattern below /); skip or fail without it."""
    below = sorted(Path("/").glob(f"{folders.lstrip('/')}/{program}"), reverse=True) if folders else []
    found = shutil.which(program) or next((str(path) for path in below), None)
    if found is None:
        reason = f"{program} is not installed (Debian: apt install {package})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
