"""A catalogue is loaded by path, and its texts are kept to the rules."""

from __future__ import annotations

import pytest

from gradekit.diagnosis import Misconception, load_catalogue, validate_catalogue
from gradekit.errors import CourseError

HINT = "Look at the sum and at what it runs over, then compare both with the formula that stands in the docstring. " * 2
SOURCES = {
    "stats.py": """
def mean(values):
    ### BEGIN SOLUTION
    # a comment that a hint may repeat, as in: sum all values first
    total = sum(values)
    return total / len(values)
    ### END SOLUTION
    raise NotImplementedError
"""
}


def entry(**changes):
    fields = {
        "name": "mean-is-sum",
        "part": "mean",
        "target": "stats.py:mean",
        "title": "The mean is a sum",
        "hint": HINT,
        "source": "def mean(values):\n    return sum(values)\n",
    }
    return {**fields, **changes}


def write(folder, file="mean.py", **changes):
    text = f"from gradekit.diagnosis import Misconception\nMISCONCEPTIONS = (Misconception(**{entry(**changes)!r}),)\n"
    (folder / file).write_text(text)


def test_files_are_read_in_the_order_of_their_names(tmp_path):
    write(tmp_path, "b.py", name="b")
    write(tmp_path, "a.py", name="a")
    (tmp_path / "notes.txt").write_text("not Python")
    assert [found.name for found in load_catalogue(tmp_path)] == ["a", "b"]


def test_entry_knows_its_file_and_path_and_joins_the_lines_of_its_hint():
    found = Misconception(**entry(target="stats.py:Mean.forward", hint="one\n    two\n"))
    assert found.file == "stats.py"
    assert found.path == ("Mean", "forward")
    assert found.hint == "one two"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "Mean_is_sum"}, "not kebab-case"),
        ({"target": "stats.py"}, "is not of the form"),
        ({"target": "stats.py:A.b.c"}, "is not of the form"),
        ({"title": ""}, "one line"),
        ({"title": "two\nlines"}, "one line"),
        ({"hint": "too short"}, "has 2 words"),
        ({"hint": "word " * 121}, "has 121 words"),
        ({"hint": HINT + "It is obviously a sum."}, "'obviously' helps nobody"),
        ({"hint": HINT + "Simply divide."}, "'Simply' helps nobody"),
    ],
)
def test_entry_that_breaks_a_rule_is_refused(tmp_path, changes, message):
    write(tmp_path, **changes)
    with pytest.raises(CourseError, match=message) as caught:
        load_catalogue(tmp_path)
    assert "mean.py" in str(caught.value)


@pytest.mark.parametrize("text", ["x = 1\n", "MISCONCEPTIONS = ('a',)\n", "def (\n", "1 / 0\n"])
def test_file_without_a_catalogue_is_refused(tmp_path, text):
    (tmp_path / "mean.py").write_text(text)
    with pytest.raises(CourseError, match=r"mean\.py"):
        load_catalogue(tmp_path)


def test_name_that_stands_twice_is_refused(tmp_path):
    write(tmp_path, "a.py")
    write(tmp_path, "b.py")
    with pytest.raises(CourseError, match="two misconceptions are called 'mean-is-sum'"):
        load_catalogue(tmp_path)


def test_catalogue_of_the_course_is_accepted():
    validate_catalogue([Misconception(**entry(hint=HINT + "sum all values first"))], ["mean"], SOURCES)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"part": "median"}, "no part called 'median'"),
        ({"target": "stats.py:median"}, "no stats.py:median"),
        ({"hint": HINT + "The last line is total/len( values )."}, "a line of the solution"),
        ({"hint": HINT + "Write total =\n sum(values) first."}, "a line of the solution"),
    ],
)
def test_catalogue_that_does_not_fit_its_course_is_refused(changes, message):
    with pytest.raises(CourseError, match=message):
        validate_catalogue([Misconception(**entry(**changes))], ["mean"], SOURCES)
