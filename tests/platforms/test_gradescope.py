"""Gradescope: its scripts run unchanged in a root laid out like theirs; what they write is what its pages publish."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from gradescope_root import SCHEMA, GradescopeRoot

LAB = Path(__file__).parents[1] / "second_lab"
RIGHT = b"def predict(x, weight):\n    return x @ weight\n\ndef gradient(x, y, weight):\n    return 2 * x.T @ (x @ weight - y) / len(y)\n"
WRONG_GRADIENT = RIGHT.replace(b"2 * x.T", b"x.T")
LATE_POLICY = "    late=LatePolicy(penalty_per_day=0.1),\n    settings="


def package(course: Path, out: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "gradekit.cli.app", "package", "gradescope", "--out", str(out), *options]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return out


def valid(results: dict) -> dict:
    jsonschema.validate(results, json.loads(SCHEMA.read_text()), jsonschema.Draft202012Validator)
    return results


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> GradescopeRoot:
    """The image of the tiny lab's autograder, built once by its own setup.sh from the lock file."""
    folder = tmp_path_factory.mktemp("gradescope")
    course = Path(shutil.copytree(LAB, folder / "course"))
    config = course / "grading_config.py"
    text = config.read_text().replace("import Check,", "import LatePolicy, Check,")
    config.write_text(text.replace("    settings=", LATE_POLICY))
    root = GradescopeRoot(folder / "autograder", package(course, folder / "autograder.zip"))
    built = root.setup()
    assert built.returncode == 0, built.stdout + built.stderr
    return root


def test_a_right_hand_in_gets_all_points_and_sees_its_total(root: GradescopeRoot) -> None:
    done = root.submit({"regression.py": RIGHT})
    assert done.returncode == 0, done.stderr
    results = valid(root.results())
    assert results["score"] == 10
    assert [(test["number"], test["score"], test["max_score"]) for test in results["tests"]] == [
        ("1.1", 1, 1),
        ("1.2", 3, 3),
        ("2.1", 6, 6),
    ]
    assert {test["status"] for test in results["tests"]} == {"passed"}
    # anything that is not visible would hide the student's total
    assert {test["visibility"] for test in results["tests"]} == {"visible"} == {results["visibility"]}
    assert results["stdout_visibility"] == "hidden"
    assert results["extra_data"]["confined"] is True


def test_a_failed_hidden_check_says_its_kind_but_no_name_and_no_value(root: GradescopeRoot) -> None:
    done = root.submit({"regression.py": WRONG_GRADIENT})
    results = valid(root.results())
    assert results["score"] == 4
    hidden = results["tests"][2]
    assert hidden["status"] == "failed"
    assert hidden["name"] == "Gradient: 0 of 1 hidden checks passed"
    assert "values are wrong" in hidden["output"]
    assert "test_gradient_random" not in json.dumps(results)
    assert "gradient is the derivative of the mean" not in json.dumps(results)
    assert "test_gradient_random: failed value" in done.stdout  # this is for the course staff


@pytest.mark.parametrize(
    ("files", "score", "said"),
    [
        ({"regression.py": b"import os\ndef predict(x, weight):\n    os._exit(0)\n"}, 0, "process"),
        (
            {"regression.py": b"def predict(x, weight):\n    while True: pass\n" + RIGHT.split(b"\n\n")[1]},
            6,
            "too long",
        ),
        ({"regression.py": b"def predict(x, weight:\n"}, 0, "syntax error"),
        ({}, 0, "could not be graded"),
        ({"essay.pdf": b"%PDF-1.4"}, 0, "could not be graded"),
        ({"regression.py": RIGHT, "one.zip": b"PK", "two.ipynb": b"{}"}, 10, "10 of 10 points"),
    ],
    ids=["exits", "hangs", "no Python", "nothing", "the wrong file", "other things beside"],
)
def test_whatever_is_handed_in_there_is_a_valid_result(
    root: GradescopeRoot, files: dict[str, bytes], score: float, said: str
) -> None:
    assert root.submit(files).returncode == 0
    results = valid(root.results())
    assert results["score"] == score
    assert said in json.dumps(results)


def test_lateness_comes_from_the_metadata_and_an_extension_counts(root: GradescopeRoot) -> None:
    metadata = {
        "id": 123456,
        "created_at": "2026-07-02T23:30:00.365935-07:00",
        "assignment": {"due_date": "2026-07-01T23:00:00.000000-07:00", "late_due_date": None},
        "users": [{"email": "student-001@example.com", "id": 1234, "name": "student-001"}],
    }
    root.submit({"regression.py": RIGHT}, metadata)
    results = valid(root.results())
    assert results["score"] == 8
    assert "handed in 2 days late" in results["output"]
    metadata["users"][0]["assignment"] = {"due_date": "2026-07-03T08:00:00+02:00"}
    root.submit({"regression.py": RIGHT}, metadata)
    assert valid(root.results())["score"] == 9


@pytest.mark.parametrize(
    ("missing", "said"),
    [("source/course", "grading_config.py"), ("environment", "No such file")],
    ids=["course", "Python"],
)
def test_a_broken_grader_leaves_a_result_that_says_whom_to_tell(root: GradescopeRoot, missing: str, said: str) -> None:
    aside = root.folder / "aside"
    (root.folder / missing).rename(aside)
    try:
        done = root.submit({"regression.py": RIGHT})
    finally:
        aside.rename(root.folder / missing)
    assert done.returncode == 0
    results = valid(root.results())
    assert results["score"] == 0
    assert "tell the course staff" in results["output"]
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_but_root_reads_the_checks(root: GradescopeRoot) -> None:
    assert (root.folder / "source").stat().st_mode & 0o077 == 0


def test_the_package_holds_what_grading_needs_and_no_corpus(tmp_path: Path) -> None:
    import zipfile

    repository = Path(__file__).parents[2]
    with zipfile.ZipFile(package(repository, tmp_path / "autograder.zip")) as archive:
        names = set(archive.namelist())
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
    assert {"setup.sh", "run_autograder", "install.sh", "requirements.lock", "options.json"} <= names
    assert {"course/grading_config.py", "course/assignment/layers.py", "gradekit/cli/app.py"} <= names
    assert not [name for name in names if "corpus" in name or "__pycache__" in name]
    assert modes["run_autograder"] & modes["setup.sh"] & 0o111
    assert (tmp_path / "autograder.zip").stat().st_size < 100 << 20
    again = package(repository, tmp_path / "again.zip")
    assert again.read_bytes() == (tmp_path / "autograder.zip").read_bytes()


def test_a_wrong_option_is_refused_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gradekit.cli.app", "package", "gradescope", "--out", str(tmp_path / "x.zip")]
    done = subprocess.run(
        [*command, "--hidden-checks", "never"], cwd=LAB, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "after_due_date" in done.stderr
    assert not (tmp_path / "x.zip").exists()
