"""Everything that a hand-out is made from, read once and found in agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from gradekit.checks_index import index_checks
from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release.handout import Section, render, shown_in
from gradekit.release.notebook import Texts, build_notebook
from gradekit.release.questions import Question, read_questions
from gradekit.release.sources import Source, Stub, load_sources, read_text, stubs
from gradekit.rubric import GradingConfig, validate_checks

FIRST_LANGUAGE = "en"
QUESTIONS = "questions.md"

_HANDOUT = re.compile(r"handout\.(?P<language>[A-Za-z-]+)\.md")


@dataclass(frozen=True)
class Materials:
    """The sources with their stubs, the rendered hand-out text of each language, and the discussion questions."""

    config: GradingConfig
    sources: tuple[Source, ...]
    stubs: tuple[Stub, ...]
    handouts: Mapping[str, tuple[Section, ...]]
    questions: tuple[Question, ...]


def load(course: Course) -> Materials:
    """Return the materials of a course.

    Raises ReleaseError for what is missing or damaged, and CourseError where the rubric and the checks disagree.
    """
    index = index_checks(course.public_checks, course.hidden_checks)
    validate_checks(course.config, {name: check.visibility for name, check in index.items()})
    sources = load_sources(course)
    held = stubs(sources, course.config)
    return Materials(course.config, sources, held, _handouts(course, held), _questions(course))


def source_notebook(materials: Materials) -> NotebookNode:
    """Return the notebook with its solutions: what the lecturer runs, and what nbgrader calls the source version."""
    text = materials.handouts[FIRST_LANGUAGE]
    places = [shown_in(place, text) for place in ("notebook-start", "notebook-checks", "notebook-questions")]
    return build_notebook(materials.sources, materials.stubs, materials.config, Texts(*places), materials.questions)


def _questions(course: Course) -> tuple[Question, ...]:
    path = course.solution / QUESTIONS
    text = read_text(path, course.root) if path.exists() else ""
    return read_questions(text, f"solution/{QUESTIONS}", course.config)


def _handouts(course: Course, held: Sequence[Stub]) -> dict[str, tuple[Section, ...]]:
    found = {
        match["language"]: path
        for path in sorted(course.solution.iterdir())
        if (match := _HANDOUT.fullmatch(path.name))
    }
    if FIRST_LANGUAGE not in found:
        raise ReleaseError(f"solution/handout.{FIRST_LANGUAGE}.md is missing: the hand-out's README is made from it")
    texts = {
        language: render(read_text(path, course.root), f"solution/{path.name}", course.config, held)
        for language, path in found.items()
    }
    first = found[FIRST_LANGUAGE].name
    for language, sections in texts.items():
        if _outline(sections) != _outline(texts[FIRST_LANGUAGE]):
            raise ReleaseError(f"solution/{found[language].name}: its sections are not those of {first}, in that order")
    return texts


def _outline(sections: Sequence[Section]) -> list[tuple[str, tuple[str, ...]]]:
    return [(section.name, section.places) for section in sections]
