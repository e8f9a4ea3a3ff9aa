"""The hand-out as a whole: what is in it, that it is written at once or not at all, and what stops it."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from small_course import edit

from gradekit.course import Course
from gradekit.errors import GradekitError, ReleaseError
from gradekit.release import build, differences, release
from gradekit.release.bundle import CHECKKIT


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_hand_out_holds_what_students_need_and_nothing_else(course: Course):
    files = release(course).files
    own = [name for name in files if not name.startswith("checks/checkkit/")]
    assert own == [
        "README.md",
        "checks/settings.json",
        "checks/test_line.py",
        "conftest.py",
        "datasets/__init__.py",
        "datasets/points.bin",
        "fitting.py",
        "line.ipynb",
        "line.py",
        "loss.py",
        "plots.py",
        "pytest.ini",
        "requirements.txt",
    ]
    assert snapshot(course.assignment / "checks" / "checkkit") == {
        path.name: path.read_bytes() for path in CHECKKIT.glob("*.py")
    }


def test_a_students_file_is_plain_python_without_the_solution(course: Course):
    release(course)
    text = (course.assignment / "line.py").read_text(encoding="utf-8")
    assert text.startswith("# ## The line\n") and text.endswith('raise NotImplementedError("TODO 2: Line.backward")\n')
    assert text.count("        # YOUR CODE HERE\n        raise NotImplementedError") == 2
    assert "# %%" not in text and "kernelspec" not in text and "np.dot" not in text
    compile(text, "line.py", "exec")


def test_settings_name_the_public_checks_of_every_part(course: Course):
    release(course)
    content = json.loads((course.assignment / "checks" / "settings.json").read_text(encoding="utf-8"))
    assert content["settings"] == {"rtol": 1e-6}
    assert content["files"]["loss.py"] == ["squared"]
    assert content["parts"]["line-forward"] == {"title": "Line, forward", "checks": ["test_line_forward_value"]}
    assert "other_slopes" not in json.dumps(content) and "why" not in content["parts"]


@pytest.mark.parametrize("folder", ["/srv/data/mnist", "~/mnist", "C:\\\\data\\\\mnist"])
def test_folders_of_the_lecturers_machine_are_not_handed_out(course: Course, folder: str):
    edit(course, "grading_config.py", '"rtol": 1e-06', f'"rtol": 1e-06, "folder": "{folder}", "name": "data/mnist"')
    content = json.loads(build(Course(course.root))["checks/settings.json"])
    assert content["settings"] == {"rtol": 1e-6, "folder": "", "name": "data/mnist"}


def test_the_archive_holds_the_folder_and_is_always_the_same(course: Course):
    result = release(course)
    first = result.archive.read_bytes()
    assert result.archive == course.root / "dist" / "line-handout.zip"
    with zipfile.ZipFile(result.archive) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"line/{name}": data for name, data in snapshot(course.assignment).items()
        }
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert release(course).archive.read_bytes() == first


def test_releasing_again_removes_what_is_stale(course: Course):
    release(course)
    (course.assignment / "old.py").write_text("x = 1\n")
    release(course)
    assert not (course.assignment / "old.py").exists()
    assert [path.name for path in course.root.iterdir() if path.name.startswith(".")] == []


def test_differences_are_none_right_after_a_release_and_ignore_caches(course: Course):
    release(course)
    (course.assignment / "__pycache__").mkdir()
    (course.assignment / "__pycache__" / "line.pyc").write_bytes(b"x")
    (course.assignment / ".pytest_cache").mkdir()
    assert differences(course) == []


def test_differences_name_the_file_and_the_line(course: Course):
    release(course)
    edit(course, "assignment/line.py", "import numpy as np", "import numpy")
    (course.assignment / "loss.py").unlink()
    (course.assignment / "extra.py").write_text("")
    with (course.assignment / "fitting.py").open("a") as stream:
        stream.write("# more\n")
    assert differences(course) == [
        "assignment/extra.py is not generated from anything",
        "assignment/fitting.py differs from line 19 on",
        "assignment/line.py differs from line 5 on",
        "assignment/loss.py is missing",
    ]


def test_differences_without_an_assignment_name_every_file(course: Course):
    assert "assignment/line.py is missing" in differences(course)


PUBLIC = "autograder/checks/public/test_line.py"
STOPS = {
    "nested markers": (
        "solution/line.py",
        "        if grad_output is None:",
        "        ### BEGIN SOLUTION",
        r"solution/line.py:41: BEGIN SOLUTION inside the region that line 40 began",
    ),
    "a word like a marker": (
        "solution/loss.py",
        "mean square.",
        "BEGIN SOLUTION",
        r"solution/loss.py:7: .* resembles a solution marker",
    ),
    "a line in the hand-out text": (
        "solution/handout.en.md",
        "Relative",
        "Write `self.seen = np.asarray( x )`.",
        r"README.md:14: gives away solution/line.py:29",
    ),
    "a model answer in the hand-out text": (
        "solution/handout.en.md",
        "Relative",
        "Why? Because the squares are smallest there.",
        r"README.md:14: gives away solution/questions.md:7",
    ),
    "a line in a public check": (
        PUBLIC,
        '"""The nearest line is found."""',
        '"""The nearest line is found."""\n    x = float(np.dot(self.seen, grad_output))',
        r"checks/test_line.py:13: gives away solution/line.py:43",
    ),
    "a public check that is not there": (PUBLIC, "def test_fit(", "def fit(", r"no such function in checks/public/"),
    "a hidden check in another file": (
        "datasets/__init__.py",
        '"""Points."""',
        "def test_line_forward_other_slopes(lab):\n    pass",
        r"datasets/__init__.py:1: gives away autograder/checks/hidden/test_line_hidden.py:1",
    ),
    "a source that is not Python": (
        "solution/fitting.py",
        "def fit(x, y):",
        "def fit(x, y:",
        r"solution/fitting.py:10: ",
    ),
    "a missing file": (
        "grading_config.py",
        '"plots.py": ("plot",)',
        '"gone.py": ("plot",)',
        r"solution/gone.py cannot be read",
    ),
    "a given file with a solution": (
        "solution/plots.py",
        "    return line",
        "    ### BEGIN SOLUTION\n    return line\n    ### END SOLUTION",
        r"solution/plots.py:6: a given file holds a solution region",
    ),
    "a students' file without a solution": (
        "grading_config.py",
        '"fitting.py": ("fit",)}',
        '"fitting.py": ("fit",), "extra.py": ("squared_again",)}',
        r"solution/extra.py: a students' file holds no solution region",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "reason"), STOPS.values(), ids=STOPS.keys())
def test_what_must_not_be_released_stops_it_and_leaves_the_old_hand_out(
    course: Course, file: str, old: str, new: str, reason: str
):
    release(course)
    before = snapshot(course.root / "assignment") | snapshot(course.root / "dist")
    (course.solution / "extra.py").write_text("def squared_again(x):\n    return x\n")
    edit(course, file, old, new)
    with pytest.raises(GradekitError, match=reason):
        release(Course(course.root))
    assert snapshot(course.root / "assignment") | snapshot(course.root / "dist") == before


def test_a_source_that_is_not_utf8_is_named_with_the_byte(course: Course):
    (course.solution / "loss.py").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ReleaseError, match=r"solution/loss.py is not UTF-8 \(byte 5\)"):
        build(course)


def test_a_course_without_a_hand_out_text_is_refused(course: Course):
    (course.solution / "handout.en.md").unlink()
    with pytest.raises(ReleaseError, match=r"solution/handout.en.md is missing"):
        build(course)


def test_a_line_that_a_given_file_shows_anyway_is_no_secret(course: Course):
    edit(course, "solution/plots.py", "    return line", "    best.slope = squared(x - x.mean())\n    return line")
    assert "plots.py" in release(course).files


def test_a_stub_that_earns_points_stops_the_release_and_its_checks_are_named(course: Course):
    seen: list[bool] = []

    def grade(folder: Path) -> dict[str, float]:
        seen.append((folder / "line.py").is_file())
        return {"test_fit": 2.0, "test_together": 0.0, "test_line_forward_value": 0.5}

    with pytest.raises(ReleaseError, match=r"earns points: test_fit \(2\), test_line_forward_value \(0.5\)"):
        release(course, grade_stub=grade)
    assert seen == [True] and not course.assignment.exists() and not (course.root / "dist").exists()


def test_stubs_that_earn_nothing_are_released(course: Course):
    assert release(course, grade_stub=lambda _: {"test_fit": 0.0}).assignment == course.assignment


def test_another_folder_and_archive_can_be_named(course: Course, tmp_path: Path):
    result = release(course, tmp_path / "a" / "out", tmp_path / "b" / "lab.zip")
    assert (tmp_path / "a" / "out" / "line.py").is_file() and result.archive == tmp_path / "b" / "lab.zip"
    assert not course.assignment.exists()


@pytest.mark.parametrize("kind", ["full", "file", "course", "above"])
def test_a_folder_with_other_things_is_never_replaced(course: Course, tmp_path: Path, kind: str):
    target = {"full": tmp_path / "mine", "file": tmp_path / "mine.txt", "course": course.root, "above": tmp_path}[kind]
    if kind == "full":
        target.mkdir()
        (target / "thesis.tex").write_text("years of work")
    if kind == "file":
        target.write_text("x")
    before = snapshot(tmp_path)
    with pytest.raises(ReleaseError, match=target.name):
        release(course, target)
    assert snapshot(tmp_path) == before


def test_a_folder_that_cannot_be_written_is_an_error_of_one_line(course: Course, tmp_path: Path):
    (tmp_path / "blocked").write_text("a file where a folder must be")
    with pytest.raises(ReleaseError, match="cannot be written") as error:
        release(course, tmp_path / "blocked" / "out")
    assert "\n" not in str(error.value)


def test_when_the_swap_fails_the_old_hand_out_is_put_back(course: Course, monkeypatch: pytest.MonkeyPatch):
    release(course)
    before = snapshot(course.assignment)
    edit(course, "solution/line.py", "A straight line.", "A line.")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, os.strerror(28))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ReleaseError, match="No space left on device"):
        release(course)
    assert snapshot(course.assignment) == before
    assert [path.name for path in course.root.iterdir() if path.name.startswith(".")] == []


def test_two_builds_give_the_same_bytes(course: Course):
    assert build(course) == build(Course(course.root))
