"""The hand-out text: numbers from the rubric, sections for each place, one structure for all languages."""

from __future__ import annotations

import pytest
from small_course import HANDOUT, edit

from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release import build
from gradekit.release.handout import number, readme, render, shown_in
from gradekit.release.materials import load


def rendered(course: Course, text: str = HANDOUT):
    """Return the sections of a hand-out text of the small course."""
    return render(text, "handout.en.md", course.config, load(course).stubs)


def test_the_numbers_are_those_of_the_rubric(course: Course):
    sections = {section.name: section.text for section in rendered(course)}
    assert sections["tolerances"] == "## Tolerances\n\nRelative 1e-6."
    edit(course, "grading_config.py", '"rtol": 1e-06', '"rtol": 0.25')
    sections = {section.name: section.text for section in rendered(Course(course.root))}
    assert sections["tolerances"].endswith("Relative 0.25.")


def test_the_table_says_which_check_belongs_to_which_todo(course: Course):
    table = rendered(course)[0].text.splitlines()[2:]
    assert table == [
        "| line-forward | 1 | python -m pytest -k line_forward | 4 |",
        "| line-backward | 2 | python -m pytest -k line_backward | 4 |",
        "| fit | 3 | python -m pytest -k fit | 2 |",
        "| together |  | python -m pytest -k together | 1 |",
    ]


def test_each_place_shows_its_sections(course: Course):
    sections = rendered(course)
    assert [text.splitlines()[0] for text in shown_in("notebook-start", sections)] == ["# A straight line"]
    assert shown_in("notebook-checks", sections) == ("## All together",)
    text = readme(sections)
    assert text.index('<a id="welcome"></a>') < text.index('<a id="tolerances"></a>') and "Discussion" not in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.0, "12"),
        (0.5, "0.5"),
        (1e-6, "1e-6"),
        (1e-9, "1e-9"),
        (98, "98"),
        (1e10, "1e10"),
        (2.5e-4, "2.5e-4"),
        (0, "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, shown: str):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# No section\n", "must begin with a line '<!-- section: name -->'"),
        ("<!-- section: a -->\n{{ settings.unknown }}\n", "has no attribute 'unknown'"),
        ("<!-- section: a -->\n{{ oops \n", r"handout.en.md:\d: "),
        ("<!-- section: a; in: nowhere -->\nx\n", "section a: unknown place 'nowhere'"),
        ("<!-- section: a -->\nx\n<!-- section: a -->\ny\n", "section a stands twice"),
    ],
)
def test_a_text_that_cannot_be_rendered_is_refused(course: Course, text: str, reason: str):
    with pytest.raises(ReleaseError, match=reason):
        rendered(course, text)


def test_a_second_language_gets_a_readme_of_its_own(course: Course):
    (course.solution / "handout.fr.md").write_text(HANDOUT.replace("## Tolerances", "## Tolérances"), encoding="utf-8")
    files = build(course)
    assert "## Tolérances" in files["README.fr.md"].decode() and "## Tolerances" in files["README.md"].decode()


def test_a_language_with_other_sections_is_refused(course: Course):
    text = HANDOUT.replace("<!-- section: tolerances -->", "<!-- section: tolerance -->")
    (course.solution / "handout.fr.md").write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"handout.fr.md: its sections are not those of handout.en.md"):
        build(course)
