"""Two courses to release: the small one, in a folder that a test may change, and the repository's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import FILES

from gradekit.course import Course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return the small course."""
    root = tmp_path / "course"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Course(root)


@pytest.fixture(scope="session")
def lab_course() -> Course:
    """Return the course of this repository, which no test changes."""
    return Course.find(Path(__file__).parent)
