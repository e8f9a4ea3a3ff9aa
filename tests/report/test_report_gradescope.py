"""results.json of the sample class: points, visibility, escaping, and what a hidden check may say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from gradekit.report.escape import json_text
from gradekit.report.formats.gradescope import GradescopeOptions, gradescope_results

SCHEMA = json.loads((Path(__file__).parents[1] / "platforms" / "gradescope_results.schema.json").read_text())


@pytest.fixture
def results(report):
    def of(student: str, **options: object) -> dict:
        (result,) = (result for result in report.results if result.record.student == student)
        value = json.loads(json_text(gradescope_results(report, result, GradescopeOptions(**options))))
        jsonschema.validate(value, SCHEMA, jsonschema.Draft202012Validator)
        return value

    return of


def test_the_points_of_the_tests_add_up_to_what_was_earned(results, report):
    for result in report.results:
        value = results(result.record.student)
        if result.record.status == "graded":
            assert sum(test["score"] for test in value["tests"]) == pytest.approx(result.score.earned, abs=0.01)


def test_bonus_points_do_not_lift_a_score_above_the_maximum_unless_allowed(results, report):
    maximum = report.config.maximum
    above = next(result for result in report.results if result.score.total > maximum)
    assert results(above.record.student)["score"] == maximum
    assert (
        gradescope_results(replace(report, allow_above_maximum=True), above, GradescopeOptions())["score"]
        == above.score.total
    )


def test_nothing_secret_is_told_of_hidden_checks(results):
    text = json.dumps(results("student-002"))
    assert "bias gradient is not summed" in text
    assert "SECRET" not in text
    assert "HIDDEN-TITLE" not in text
    assert "test_linear_backward_twice" not in text


def test_hidden_checks_are_shown_later_only_when_asked(results):
    def of_hidden(value: dict) -> set[str]:
        return {test["visibility"] for test in value["tests"] if "hidden check" in test["name"]}

    assert of_hidden(results("student-002")) == {"visible"}
    assert of_hidden(results("student-002", hidden_checks="after_due_date")) == {"after_due_date"}


def test_what_a_submission_printed_is_no_markup(results):
    value = results("student-002")
    (test,) = (test for test in value["tests"] if "<b>bold</b>" in test["output"])
    assert test["output_format"] == "md"
    assert "````text\nshape is (7, 2)\n```\n<b>bold</b>\n````" in test["output"]


def test_the_leaderboard_is_published_only_when_asked(results):
    assert "leaderboard" not in results("student-001")
    assert results("student-001", leaderboard=True)["leaderboard"] == [
        {"name": "accuracy (MNIST)", "value": 0.9712, "order": "desc"}
    ]


def test_an_ungradable_hand_in_says_why(results):
    value = results("student-004")
    assert value["score"] == 0
    assert value["tests"] == []
    assert "no file of this lab was found" in value["output"]
