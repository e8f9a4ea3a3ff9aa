"""Read the discussion questions, which a person marks, from `solution/questions.md`.

Each question begins with a line ``<!-- question: name -->`` and ends with one solution region that holds a model
answer. Its points are those of the part of the same name in `grading_config.py`; a question without such a part is for
discussion only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gradekit.errors import ReleaseError
from gradekit.release.strip import regions
from gradekit.rubric import GradingConfig

_QUESTION = re.compile(r"^<!-- question: (?P<name>[a-z0-9-]+) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A discussion question in Markdown; `answer` is the model answer between its solution markers."""

    name: str
    text: str
    answer: str
    points: float


def read_questions(text: str, name: str, config: GradingConfig) -> tuple[Question, ...]:
    """Return the questions of a text in order, ``name`` being what an error calls it.

    Raises ReleaseError for a question without exactly one model answer at its end, a name used twice, and a manual part
    without a question.
    """
    points = {part.name: part.points for part in config.parts if part.manual}
    found: dict[str, Question] = {}
    for match, following in _sections(text):
        where = f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        body = text[match.end() : following].strip("\n")
        held = regions(body, where)
        lines = body.split("\n")
        if len(held) != 1 or held[0].end != len(lines):
            raise ReleaseError(
                f"{where}: question {match['name']} needs one solution region, at its end, with a model answer"
            )
        if match["name"] in found:
            raise ReleaseError(f"{where}: question {match['name']} stands above already")
        begin = held[0].begin - 1
        answer, question = "\n".join(lines[begin:]), "\n".join(lines[:begin]).strip("\n")
        found[match["name"]] = Question(match["name"], question, answer, points.get(match["name"], 0))
    missing = [part for part in points if part not in found]
    if missing:
        raise ReleaseError(
            f"{name}: no question for the manual part {missing[0]}: add '<!-- question: {missing[0]} -->'"
        )
    return tuple(found.values())


def _sections(text: str) -> list[tuple[re.Match[str], int]]:
    matches = list(_QUESTION.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    return list(zip(matches, ends, strict=False))
