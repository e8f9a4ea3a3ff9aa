"""Discussion questions: text, model answer, points from the rubric, and what is refused."""

from __future__ import annotations

import pytest

from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release.questions import read_questions

GOOD = "<!-- question: why -->\n### Why?\n\nSay.\n\n### BEGIN SOLUTION\nBecause.\n### END SOLUTION\n"


def test_a_question_has_a_text_a_model_answer_and_the_points_of_its_part(course: Course):
    (question,) = read_questions(GOOD, "questions.md", course.config)
    assert (question.name, question.text, question.points) == ("why", "### Why?\n\nSay.", 3)
    assert question.answer == "### BEGIN SOLUTION\nBecause.\n### END SOLUTION"


def test_a_question_without_a_part_is_for_discussion_only(course: Course):
    more = GOOD + GOOD.replace("why", "more")
    assert [question.points for question in read_questions(more, "questions.md", course.config)] == [3, 0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            GOOD.replace("### BEGIN SOLUTION\nBecause.\n### END SOLUTION\n", ""),
            "questions.md:1: question why needs one solution",
        ),
        (GOOD + "More text.\n", "questions.md:1: question why needs one solution region, at its end"),
        (GOOD + GOOD, "questions.md:9: question why stands above already"),
        (GOOD.replace("question: why", "question: other"), "questions.md: no question for the manual part why"),
        (GOOD.replace("### END SOLUTION", ""), "BEGIN SOLUTION is never followed"),
    ],
)
def test_a_question_that_cannot_be_used_is_refused(course: Course, text: str, reason: str):
    with pytest.raises(ReleaseError, match=reason):
        read_questions(text, "questions.md", course.config)
