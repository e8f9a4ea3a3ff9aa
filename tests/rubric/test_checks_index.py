"""Checks are indexed by reading their files, without running them."""

from __future__ import annotations

import pytest

from gradekit.checks_index import index_checks
from gradekit.errors import CourseError


@pytest.fixture
def folders(tmp_path):
    for name in ("public", "hidden"):
        (tmp_path / name).mkdir()
    return tmp_path / "public", tmp_path / "hidden"


def test_title_visibility_and_line_come_from_the_source_alone(folders):
    public, hidden = folders
    (public / "test_a.py").write_text('raise SystemExit\ndef test_one(lab):\n    """Gives\n    one.\n\n    More."""\n')
    (hidden / "test_b.py").write_text('def helper(): pass\n\ndef test_two(lab):\n    "Gives two."\n')
    index = index_checks(public, hidden)
    assert {name: (info.title, info.visibility, info.file.name, info.line) for name, info in index.items()} == {
        "test_one": ("Gives one.", "public", "test_a.py", 2),
        "test_two": ("Gives two.", "hidden", "test_b.py", 3),
    }


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def test_x():\n    pass\n", "test_b.py:1: test_x has no docstring"),
        ("def test_x(:\n", "test_b.py:1: syntax error"),
        ('def test_one():\n    "One."\n', "'test_one' is also defined at test_a.py:1"),
        ("\0", "test_b.py"),
    ],
)
def test_unusable_checks_are_refused_with_file_and_line(source, words, folders):
    public, hidden = folders
    (public / "test_a.py").write_text('def test_one():\n    "One."\n')
    (hidden / "test_b.py").write_text(source)
    with pytest.raises(CourseError, match=words.replace("(", r"\(")):
        index_checks(public, hidden)
