"""What Gradescope's script starts, in this process: times, options, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from workflow_runs import LAB, RIGHT

from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.platforms.gradescope.metadata import minutes_late
from gradekit.platforms.gradescope.package import OPTIONS, AutograderOptions, autograder_files, read_options
from gradekit.platforms.gradescope.run import run
from gradekit.report.formats.gradescope import GradescopeOptions

DUE = {"due_date": "2026-07-01T23:00:00.000000-07:00"}


@pytest.mark.parametrize(
    ("metadata", "minutes"),
    [
        ({"created_at": "2026-07-01T22:59:59-07:00", "assignment": DUE}, 0),
        ({"created_at": "2026-07-02T06:30:00Z", "assignment": DUE}, 30),
        ({"created_at": "2026-07-02T06:30:00Z", "assignment": {"due_date": None}}, 0),
        ({"created_at": "2026-07-02T06:30:00Z", "assignment": {"due_date": "2026-07-01T23:00:00"}}, 0),
        ({"created_at": "yesterday", "assignment": DUE}, 0),
        ({"created_at": "2026-07-02T06:30:00Z", "assignment": DUE, "users": ["x", {"assignment": "y"}]}, 30),
        (
            {
                "created_at": "2026-07-02T06:30:00Z",
                "assignment": DUE,
                "users": [{"assignment": DUE}, {"assignment": {"due_date": "2026-07-02T06:20:00Z"}}],
            },
            10,
        ),
        ([], 0),
    ],
)
def test_minutes_late(tmp_path: Path, metadata: object, minutes: float) -> None:
    path = tmp_path / "submission_metadata.json"
    path.write_text(json.dumps(metadata))
    assert minutes_late(path) == minutes


def test_without_metadata_nobody_is_late(tmp_path: Path) -> None:
    assert minutes_late(tmp_path / "missing.json") == 0
    (tmp_path / "broken.json").write_text("{")
    assert minutes_late(tmp_path / "broken.json") == 0


def test_the_options_of_the_package_reach_the_results(tmp_path: Path) -> None:
    options = AutograderOptions(results=GradescopeOptions(hidden_checks="after_published", leaderboard=True))
    for name, data in autograder_files(Course.find(LAB), options).items():
        if name.startswith("course/") or name == OPTIONS:
            (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "source" / name).write_bytes(data)
    for folder in ("submission", "results"):
        (tmp_path / folder).mkdir()
    (tmp_path / "submission" / "regression.py").write_text(RIGHT)
    run(tmp_path)
    results = json.loads((tmp_path / "results" / "results.json").read_text())
    assert results["score"] == 10
    assert [test["visibility"] for test in results["tests"]] == ["visible", "after_published", "after_published"]
    assert results["leaderboard"] == []
    shutil.rmtree(tmp_path / "source" / "course")
    with pytest.raises(GradekitError, match="grading_config"):
        run(tmp_path)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"practice": false}', '{"results": {"hidden_checks": "never"}}', '{"x": 1}']
)
def test_options_that_were_changed_into_something_else_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / OPTIONS).write_text(text)
    with pytest.raises(GradekitError, match="options"):
        read_options(tmp_path / OPTIONS)
