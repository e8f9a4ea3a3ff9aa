"""The check for leaks: it finds a solution wherever it hides, and is quiet about what says nothing."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from gradekit.errors import ReleaseError
from gradekit.release.leaks import Secret, check_file, secrets, significant

SOURCE = """rate = 0.5
def step(p, g):
    ### BEGIN SOLUTION
    for a, b in zip(p, g):
        a -= rate * b  # in place, so that layers see it
        a.mean = b
        rate = 0.5
        continue
    return p
    ### END SOLUTION
"""
SECRETS = secrets([("solution/opt.py", SOURCE)])


def notebook(**cell: object) -> bytes:
    whole = {"cell_type": "code", "source": [], "outputs": [], "execution_count": None, "metadata": {}, **cell}
    return json.dumps({"cells": [whole], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_secrets_are_the_telling_lines_that_stand_nowhere_outside():
    assert (
        Secret("fora,binzip(p,g):", "solution/opt.py:4"),
        Secret("a-=rate*b", "solution/opt.py:5"),
        Secret("inplace,sothatlayersseeit", "solution/opt.py:5"),
        Secret("a.mean=b", "solution/opt.py:6"),
    ) == SECRETS


@pytest.mark.parametrize(
    "line", ["return a", "else:", "continue", ")", "    return", "i += 1", "", "pass", "return None"]
)
def test_a_line_that_says_nothing_is_not_significant(line: str):
    assert not significant(line)


@pytest.mark.parametrize(
    "line", ["self.x = x", "a = -b * c", "return 1 - a", "Because it is the smallest.", "return x.T @ g"]
)
def test_a_line_that_tells_something_is_significant(line: str):
    assert significant(line)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("opt.py", b"x = 1\n        a -= rate*b\n", "opt.py:2"),
        ("opt.py", b"a -= rate * b  # for you\n", "opt.py:1"),
        ("README.md", b"Write this:\n\n```\nfor a,b in zip(p, g):\n```\n", "README.md:4"),
        ("README.md", b"so `for a, b in zip(p, g): pass` it is\n", "README.md:1"),
        ("opt.py", b"# in place, so that layers see it\n", "opt.py:1"),
        ("data/notes.bin", b"\xff\xfe\n\na -= rate * b\n", "data/notes.bin:3"),
        ("settings.json", json.dumps({"a": [{"hint": "x\na -= rate * b"}]}).encode(), "settings.json, a, hint:2"),
        ("settings.json", json.dumps({"a -= rate * b": 1}).encode(), "settings.json:1"),
        ("lab.ipynb", notebook(source=["x\n", "a -= rate * b"]), "lab.ipynb, cell 1:2"),
        ("lab.ipynb", notebook(source="a -= rate * b"), "lab.ipynb, cell 1:1"),
        ("lab.ipynb", notebook(metadata={"old": "a -= rate * b"}), "lab.ipynb, cell 1, metadata, old:1"),
    ],
)
def test_a_surviving_line_is_found_and_both_places_are_named(name: str, data: bytes, place: str):
    with pytest.raises(ReleaseError) as error:
        check_file(name, data, SECRETS)
    assert str(error.value).startswith(f"{place}: gives away solution/opt.py:")


def test_a_member_of_an_archive_inside_an_archive_is_checked():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("old/opt.py", "a -= rate * b\n")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("more.zip", inner.getvalue())
    with pytest.raises(ReleaseError, match=r"^lab.zip/more.zip/old/opt.py:1: gives away solution/opt.py:5"):
        check_file("lab.zip", outer.getvalue(), SECRETS)


@pytest.mark.parametrize("cell", [{"outputs": [{"text": "x"}]}, {"execution_count": 3}])
def test_a_notebook_that_has_been_run_is_refused(cell: dict[str, object]):
    with pytest.raises(ReleaseError, match=r"lab\.ipynb, cell 1: it has been run"):
        check_file("lab.ipynb", notebook(**cell), ())


@pytest.mark.parametrize(
    "line", ["### BEGIN SOLUTION", "    ### END SOLUTION", "##begin solution", "# END SOLUTIONS", "### BEGIN SOLUTOIN"]
)
def test_a_marker_that_is_left_is_refused(line: str):
    with pytest.raises(ReleaseError, match=r"opt\.py:2: a solution marker is left"):
        check_file("opt.py", f"x = 1\n{line}\n".encode(), ())


def test_what_only_resembles_a_secret_passes():
    for text in ("return p\ncontinue\nrate = 0.5\n", "a -= rate\n", "zip(p, g)\n", "in place\n"):
        check_file("opt.py", text.encode(), SECRETS)
