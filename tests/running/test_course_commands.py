"""`release`, `check` and `verify` on the tiny lab: from solution to hand-out to a student's first failure, and the course's self-check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .conftest import RIGHT, Run


def release(gradekit: Run, course: Path) -> Path:
    done = gradekit("release")
    assert done.returncode == 0, done.stderr
    return course / "assignment"


def test_a_released_hand_out_is_in_sync_until_its_source_changes(gradekit: Run, course: Path) -> None:
    release(gradekit, course)
    assert gradekit("release", "--check").returncode == 0
    solution = course / "solution" / "regression.py"
    solution.write_text(solution.read_text().replace("Return the predictions", "Give the predictions"))
    done = gradekit("release", "--check")
    assert done.returncode != 0
    assert "regression.py" in done.stderr


def test_a_stub_that_earns_a_point_stops_the_release(gradekit: Run, course: Path) -> None:
    solution = course / "solution" / "regression.py"
    text = solution.read_text().replace(
        "    ### BEGIN SOLUTION\n    return x @ weight\n    ### END SOLUTION\n", "    return x @ weight\n"
    )
    solution.write_text(text)
    done = gradekit("release")
    assert done.returncode != 0
    assert "test_predict" in done.stderr
    assert not (course / "assignment").exists()


def test_check_explains_the_first_failure_and_leaves_to_dos_for_later(gradekit: Run, course: Path) -> None:
    folder = release(gradekit, course)
    stub = gradekit("check", folder)
    assert stub.returncode == 1
    assert "TODO 1: predict is still to be written" in stub.stdout
    (folder / "regression.py").write_text(RIGHT.replace("x @ weight", "2 * x @ weight", 1))
    wrong = gradekit("check", folder)
    assert wrong.returncode == 1
    assert "0 of 1 public checks pass" in wrong.stdout
    for words in ("failed", "returned", "expected", "hint"):
        assert words in wrong.stdout, words
    (folder / "regression.py").write_text(RIGHT)
    right = gradekit("check", folder)
    assert right.returncode == 0
    assert "1 of 1 public checks pass" in right.stdout
    assert gradekit("check", folder, "-k", "nothing").returncode == 1


def test_verify_accepts_a_sound_course_and_names_what_is_wrong_with_another(gradekit: Run, course: Path) -> None:
    release(gradekit, course)
    wheat = course / "autograder/corpus/wheats/other-words"
    wheat.mkdir(parents=True)
    (wheat / "regression.py").write_text(RIGHT)
    sound = gradekit("verify", "--json")
    assert sound.returncode == 0, sound.stdout
    found = {finding["what"]: (finding["right"], finding["total"]) for finding in json.loads(sound.stdout)["findings"]}
    assert found["wheats accepted"] == (2, 2)
    assert found["stubs that earn nothing"] == (1, 1)
    (wheat / "regression.py").write_text(RIGHT.replace("2 * x.T", "x.T"))
    shutil.copy(course / "solution" / "regression.py", course / "assignment" / "regression.py")
    unsound = gradekit("verify")
    assert unsound.returncode == 1
    assert "other-words: 4 points, must be 10" in unsound.stderr.replace("\n", " ")
    assert "(stub): 10 points, must be 0" in unsound.stderr.replace("\n", " ")


def test_doctor_tells_what_this_machine_offers(gradekit: Run) -> None:
    done = gradekit("doctor", "--json")
    assert done.returncode == 0
    assert "seccomp" in done.stdout
