"""Wrong variants take the place of what they are variants of, and nothing else changes."""

from __future__ import annotations

import pytest

from gradekit.diagnosis import Misconception, overlap, splice
from gradekit.errors import CourseError

SOURCES = {
    "shapes.py": '''"""Shapes."""

import math


def area(radius):
    """The area."""
    return math.pi * radius**2


class Square:
    """A square."""

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2

    def outline(self):
        return 4 * self.side


last = 7
''',
    "other.py": "value = 1\n",
}


def mistake(target, source, name="some-mistake"):
    return Misconception(name=name, part="area", target=target, title="T", hint="h", source=source)


def loaded(sources, file="shapes.py"):
    names = {}
    exec(compile(sources[file], file, "exec"), names)  # noqa: S102
    return names


def test_function_is_replaced():
    spliced = splice(SOURCES, mistake("shapes.py:area", "\ndef area(radius):\n    return radius\n"))
    assert loaded(spliced)["area"](3) == 3
    assert loaded(spliced)["Square"](3).area() == 9
    assert loaded(spliced)["last"] == 7
    assert spliced["other.py"] == SOURCES["other.py"]
    assert SOURCES["shapes.py"].count("math.pi") == 1


def test_method_is_replaced_and_not_the_function_of_the_same_name():
    names = loaded(splice(SOURCES, mistake("shapes.py:Square.area", "def area(self):\n    return self.side")))
    assert names["Square"](3).area() == 3
    assert names["Square"](3).outline() == 12
    assert names["area"](1) == pytest.approx(3.14159, rel=1e-5)


def test_variant_of_a_class_holds_only_the_members_that_differ():
    source = """
class Square:
    count = 0

    def area(self):
        return self.double() + self.count

    def double(self):
        return 2 * self.side
"""
    names = loaded(splice(SOURCES, mistake("shapes.py:Square", source)))
    assert names["Square"](3).area() == 6
    assert names["Square"](3).outline() == 12
    assert names["last"] == 7


def test_helpers_beside_the_target_go_before_it():
    source = """
offset = 100

def helper(side):
    return side + offset

def area(self):
    return helper(self.side)
"""
    names = loaded(splice(SOURCES, mistake("shapes.py:Square.area", source)))
    assert names["Square"](3).area() == 103


def test_decorators_belong_to_a_variant():
    names = loaded(splice(SOURCES, mistake("shapes.py:Square.area", "@property\ndef area(self):\n    return 5\n")))
    assert names["Square"](3).area == 5
    again = splice({"shapes.py": "class Square:\n    @property\n    def area(self):\n        return 1\n"}, AREA)
    assert loaded(again)["Square"]().area() == 5


AREA = mistake("shapes.py:Square.area", "def area(self):\n    return 5\n", "area")
OUTLINE = mistake("shapes.py:Square", "class Square:\n    def outline(self):\n        return 6\n", "outline")


def test_several_mistakes_are_made_at_once():
    square = loaded(splice(SOURCES, AREA, OUTLINE))["Square"](3)
    assert (square.area(), square.outline()) == (5, 6)
    assert splice(SOURCES, AREA, OUTLINE) == splice(SOURCES, OUTLINE, AREA)


def test_mistakes_that_define_the_same_thing_overlap():
    both = mistake("shapes.py:Square", "class Square:\n    def area(self):\n        return 1\n", "both")
    function = mistake("shapes.py:area", "def area(radius):\n    return 1\n", "function")
    assert overlap(AREA, both)
    assert not overlap(AREA, OUTLINE)
    assert not overlap(AREA, function)
    with pytest.raises(CourseError, match="area and both define the same thing"):
        splice(SOURCES, AREA, both)


@pytest.mark.parametrize(
    ("target", "source", "message"),
    [
        ("shapes.py:volume", "def volume(x):\n    return x\n", "no shapes.py:volume"),
        ("shapes.py:Square.volume", "def volume(self):\n    return 1\n", "no shapes.py:Square.volume"),
        ("shapes.py:Square.area", "def outline(self):\n    return 1\n", "or the variant defines another"),
        ("shapes.py:Square", "def Square():\n    return 1\n", "or the variant defines another"),
        ("solids.py:area", "def area(x):\n    return x\n", "no file solids.py"),
        ("shapes.py:area", "def area(x:\n", "is not Python"),
    ],
)
def test_what_cannot_be_spliced_is_refused_with_its_name(target, source, message):
    with pytest.raises(CourseError, match=f"some-mistake.*{message}"):
        splice(SOURCES, mistake(target, source))
