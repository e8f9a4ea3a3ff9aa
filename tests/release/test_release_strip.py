"""Stripping: what students see, what nbgrader would have made of it, and every marker that is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradekit.errors import ReleaseError
from gradekit.release.strip import BEGIN, END, outside_lines, regions, strip_solutions

SOURCE = f"""def double(x):
    {BEGIN}
    y = x + x

    return y
    {END}
    raise NotImplementedError("TODO 1: double")


def half(x):
        {BEGIN}
        return x / 2
    {END}
"""


def test_a_region_becomes_one_stub_line_at_the_indentation_of_its_first_marker():
    assert strip_solutions(SOURCE, "numbers.py") == (
        "def double(x):\n"
        "    # YOUR CODE HERE\n"
        '    raise NotImplementedError("TODO 1: double")\n'
        "\n\n"
        "def half(x):\n"
        "        # YOUR CODE HERE\n"
    )


def test_a_text_without_regions_stays_as_it_is():
    text = "x = 1\n\n# the beginning of the solution of nothing\n"
    assert strip_solutions(text, "given.py") == text


def test_regions_know_their_lines():
    first, second = regions(SOURCE, "numbers.py")
    assert (first.begin, first.end, first.lines) == (2, 6, ("    y = x + x", "", "    return y"))
    assert (second.begin, second.end) == (11, 13)


def test_outside_lines_are_numbered_as_in_the_source():
    assert (7, '    raise NotImplementedError("TODO 1: double")') in outside_lines(SOURCE, "numbers.py")
    assert all("x + x" not in line and "return" not in line for _, line in outside_lines(SOURCE, "numbers.py"))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"x\n{BEGIN}\ny\n", 2, "never followed"),
        (f"x\n{END}\n", 2, "without a BEGIN"),
        (f"{BEGIN}\nx\n{BEGIN}\n{END}\n{END}\n", 3, "inside the region that line 1 began"),
        (f"{BEGIN}\nx\n# %%\n{END}\n", 3, "a cell begins"),
        ("##BEGIN SOLUTION\nx\n", 1, "resembles"),
        ("###  BEGIN SOLUTION\n", 1, "resembles"),
        ("### BEGIN  SOLUTION\n", 1, "resembles"),
        ("### BEGIN SOLUTIONS\n", 1, "resembles"),
        ("### begin solution\n", 1, "resembles"),
        ("### Begin_Solution\n", 1, "resembles"),
        ("### BEGINSOLUTION\n", 1, "resembles"),
        ("### BEGN SOLUTION\n", 1, "resembles"),
        ("### END SOLUTON\n", 1, "resembles"),
        ("### BEGIN SOLUTION \n", 1, "resembles"),
        ("### BEGIN SOLUTION: first\n", 1, "resembles"),
        ("y = 1  ### BEGIN SOLUTION\n", 1, "resembles"),
        ('"""BEGIN SOLUTION"""\n', 1, "resembles"),
        (f"{BEGIN}\nx\n### END OF SOLUTION\n{END}\n", 3, "resembles"),
        (f"{BEGIN}\r\nx\r\n{END}\r\n", 1, "resembles"),
    ],
)
def test_a_marker_that_is_not_exact_is_refused_with_its_line(text: str, line: int, reason: str):
    with pytest.raises(ReleaseError, match=reason) as error:
        strip_solutions(text, "lab.py")
    assert str(error.value).startswith(f"lab.py:{line}: ")


@given(st.lists(st.sampled_from([BEGIN, END, "secret", "open", f"    {BEGIN}", f"  {END}"]), max_size=12))
def test_whatever_the_order_of_markers_no_line_of_a_region_survives(lines: list[str]):
    inside, balanced, visible = False, True, []
    for line in lines:
        if line.strip() == BEGIN:
            balanced &= not inside
            inside = True
        elif line.strip() == END:
            balanced &= inside
            inside = False
        elif not inside:
            visible.append(line)
    if not balanced or inside:
        with pytest.raises(ReleaseError):
            strip_solutions("\n".join(lines), "lab.py")
    else:
        left = [line for line in strip_solutions("\n".join(lines), "lab.py").split("\n") if "YOUR CODE" not in line]
        assert [line for line in left if line] == visible
