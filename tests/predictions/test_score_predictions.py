"""Files of predictions: what is counted, and what is refused with the line to mend."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.scoring.predictions import read_predictions, score_predictions

ROOT = Path(__file__).resolve().parents[2]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_may_come_in_any_order(tmp_path):
    assert read_predictions(written(tmp_path, "ImageId,Label\n3,9\n1,7\n2,8\n"), 3) == [7, 8, 9]


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path):
    assert read_predictions(written(tmp_path, "\ufeffImageId,Label\r\n1,7\r\n"), 1) == [7]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: must be ImageId,Label"),
        ("id,label\n1,2\n", "line 1: must be ImageId,Label"),
        ("ImageId,Label\n1,2\n1,3\n", "line 3: ImageId 1 is there twice"),
        ("ImageId,Label\n0,2\n", "line 2: ImageId 0 is not from 1 to 2"),
        ("ImageId,Label\n1,2.0\n", "line 2: must be two whole numbers"),
        ("ImageId,Label\n1,²\n", "line 2: must be two whole numbers"),
        ("ImageId,Label\n1," + "9" * 5000 + "\n", "line 2: must be two whole numbers"),
        ("ImageId,Label\n1,2,3\n", "line 2: must be two whole numbers"),
        ("ImageId,Label\n2,2\n", "has 1 of 2 labels; the first that is missing is ImageId 1"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line_to_mend(tmp_path, text, message):
    with pytest.raises(GradekitError, match=message):
        read_predictions(written(tmp_path, text), 2)


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(b"ImageId,Label\n\xff\n")
    with pytest.raises(GradekitError, match="no CSV file in UTF-8"):
        read_predictions(path, 1)
    with pytest.raises(GradekitError, match="cannot be read"):
        read_predictions(tmp_path, 1)


def test_mistakes_are_counted_by_pair():
    score = score_predictions([1, 2, 2, 4], [1, 1, 1, 0])
    assert (score.right, score.total, score.accuracy) == (1, 4, 0.25)
    assert score.confused == ((1, 2, 2), (0, 4, 1))


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gradekit.cli.app", "score-predictions", *map(str, arguments), "--course", str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_command_scores_predictions_for_the_labs_own_test_data(tmp_path):
    course = Course(ROOT)
    truth, source = course.load_datasets().true_labels(course.config.settings)
    predicted = truth.copy()
    predicted[:100] = (truth[:100] + 1) % 10
    rows = "".join(f"{number},{label}\n" for number, label in enumerate(predicted, start=1))
    done = command(written(tmp_path, "ImageId,Label\n" + rows), "--json")
    found = json.loads(done.stdout)
    assert (found["data"], found["right"], found["total"]) == (source, len(truth) - 100, len(truth))
    assert all(guess == (true + 1) % 10 for true, guess, _ in found["confused"])


def test_the_command_ends_with_one_line_on_a_wrong_file(tmp_path):
    done = command(written(tmp_path, "nothing\n"))
    assert done.returncode == 1
    assert done.stderr.strip().endswith("mine.csv, line 1: must be ImageId,Label")
    assert done.stdout == ""
