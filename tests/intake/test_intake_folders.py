"""A hand-in on disk: which of its files are taken, and that nothing else is touched."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from intake_samples import FILLED, RELEASED, STUBS, notebook_bytes, rules

from gradekit.errors import IntakeError
from gradekit.intake import read_submission

ONE = {"activations.py": "a = 1\n", "layers.py": "b = 2\n"}


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(IntakeError) as caught:
        read_submission(path, "student-001", rules(**limits))
    message = str(caught.value)
    assert "\n" not in message and ";" in message, "one line, with the way out"
    return message


def test_folder_gives_its_named_files_as_text(hand_in):
    submission = read_submission(hand_in(ONE), "student-001", rules())
    assert (submission.student, submission.kind) == ("student-001", "folder")
    assert submission.files == ONE
    assert submission.cells == () and submission.remarks == () and submission.unusable == {}


@pytest.mark.parametrize("inside", ["assignment", "student-001/assignment", "a/b/c/d/e/f/g/h"])
def test_files_may_lie_in_nested_folders(hand_in, inside):
    path = hand_in({f"{inside}/{name}": text for name, text in ONE.items()})
    assert read_submission(path, "s", rules()).files == ONE


def test_too_deep_nesting_is_refused(hand_in):
    assert "deeper than 8 folders" in refusal(hand_in({"a/b/c/d/e/f/g/h/i/layers.py": "x = 1"}))


def test_missing_files_are_no_reason_to_refuse(hand_in):
    assert list(read_submission(hand_in({"layers.py": "x = 1"}), "s", rules()).files) == ["layers.py"]


def test_empty_folder_is_refused(hand_in):
    assert "nothing was handed in" in refusal(hand_in({".DS_Store": "x", "__MACOSX/layers.py": "x", "a/.hidden": "x"}))


def test_folder_without_any_of_the_files_names_a_likely_mistake(hand_in):
    assert "did you mean layers.py by layer.py" in refusal(hand_in({"layer.py": "x = 1"}))
    assert "holds none of activations.py, layers.py" in refusal(hand_in({"report.pdf": "x"}, "student-002"))


def test_other_case_of_a_name_is_taken_with_a_remark(hand_in):
    submission = read_submission(hand_in({"Layers.PY": "x = 1"}), "s", rules())
    assert submission.files == {"layers.py": "x = 1"}
    assert submission.remarks == ("Layers.PY was taken for layers.py; give it exactly this name",)


def test_two_cases_of_one_name_are_refused(hand_in):
    message = refusal(hand_in({"Layers.py": "x = 1", "layers.py": "x = 2"}))
    assert '"Layers.py" and "layers.py"' in message


def test_twins_in_composition_are_refused(hand_in):
    message = refusal(hand_in({**ONE, "caf\u00e9.py": "x = 1", "cafe\u0301.py": "x = 2"}))
    assert "one name on some computers" in message


def test_twins_among_pictures_are_fine(hand_in):
    assert read_submission(hand_in({**ONE, "loss.png": "x", "Loss.png": "y"}), "s", rules()).files == ONE


def test_own_modules_come_along(hand_in):
    submission = read_submission(hand_in({**ONE, "my_tools.py": "c = 3", "辅助.py": "d = 4"}), "s", rules())
    assert submission.files == {**ONE, "my_tools.py": "c = 3", "辅助.py": "d = 4"}
    assert submission.remarks == ()


@pytest.mark.parametrize(
    "name",
    "conftest.py test_layers.py layers_test.py setup.py sitecustomize.py usercustomize.py numpy.py random.py Random.py "
    "pytest.ini pyproject.toml setup.cfg tox.ini evil.pth layers.cpython-311.pyc numpy.so gradekit.py checkkit.py "
    "__main__.py".split(),
)
def test_planted_files_never_come_along(hand_in, name):
    submission = read_submission(hand_in({**ONE, name: "raise SystemExit"}), "s", rules())
    assert submission.files == ONE
    assert len(submission.remarks) == 1 and submission.remarks[0].startswith(f"{name} was ignored: ")


@pytest.mark.parametrize("folder", ["__pycache__", "checks", "datasets", ".git", "__MACOSX", "venv"])
def test_folders_of_tools_and_of_the_handout_are_ignored_silently(hand_in, folder):
    submission = read_submission(hand_in({**ONE, f"{folder}/layers.py": "raise SystemExit"}), "s", rules())
    assert submission.files == ONE and submission.remarks == ()


def test_given_file_is_ignored_silently_when_it_is_the_released_one(hand_in):
    path = hand_in({**ONE, "train.py": "epochs = 5\r\n"})
    with_stub = rules({**STUBS, "train.py": "epochs = 5\n"})
    assert read_submission(path, "s", with_stub).remarks == ()
    submission = read_submission(path, "s", rules())
    assert submission.remarks == ("train.py was ignored: the course's own train.py is used",)
    assert "train.py" not in submission.files


def test_own_modules_have_a_common_budget(hand_in):
    helpers = {f"data_{i}.py": "w = '" + "x" * 900 + "'" for i in range(4)}
    submission = read_submission(hand_in({**ONE, **helpers}), "s", rules(file_bytes=1000))
    assert sorted(submission.files) == ["activations.py", "data_0.py", "data_1.py", "layers.py"]
    assert sorted(submission.unusable) == ["data_2.py", "data_3.py"]


def test_number_of_own_modules_is_capped(hand_in):
    helpers = {f"m{i:02}.py": "" for i in range(40)}
    submission = read_submission(hand_in({**ONE, **helpers}), "s", rules())
    assert len(submission.files) == 2 + 32 and len(submission.unusable) == 8


def test_too_large_file_leaves_the_others_alone(hand_in):
    submission = read_submission(hand_in({**ONE, "layers.py": "x" * 70_000}), "s", rules())
    assert list(submission.files) == ["activations.py"]
    assert submission.unusable["layers.py"].startswith("layers.py has 70,000 bytes, more than 65,536;")


def test_file_of_exactly_the_limit_is_taken(hand_in):
    assert len(read_submission(hand_in({"layers.py": "x" * 65_536}), "s", rules()).files["layers.py"]) == 65_536


def test_symbolic_link_is_not_followed(hand_in, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("canary = 1")
    path = hand_in({"activations.py": "a = 1"})
    (path / "layers.py").symlink_to(secret)
    submission = read_submission(path, "s", rules())
    assert submission.files == {"activations.py": "a = 1"}
    assert submission.unusable == {"layers.py": "layers.py is a symbolic link; hand in the file itself"}


def test_link_to_a_folder_is_not_followed(hand_in, tmp_path):
    hand_in(ONE, "other")
    path = hand_in({})
    (path / "assignment").symlink_to(tmp_path / "other")
    assert "holds none of" in refusal(path)


def test_hard_link_is_not_read(hand_in, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("canary = 1")
    path = hand_in({"activations.py": "a = 1"})
    os.link(secret, path / "layers.py")
    submission = read_submission(path, "s", rules())
    assert "layers.py" not in submission.files and "hard link" in submission.unusable["layers.py"]


def test_pipe_does_not_block(hand_in):
    path = hand_in({"activations.py": "a = 1"})
    os.mkfifo(path / "layers.py")
    submission = read_submission(path, "s", rules())
    assert "not a file" in submission.unusable["layers.py"]


@pytest.mark.parametrize("inside", [{}, {"layers.py/deep.txt": "x"}])
def test_folder_in_place_of_a_file_is_named(hand_in, inside):
    path = hand_in({"activations.py": "a = 1", **inside})
    (path / "layers.py").mkdir(exist_ok=True)
    submission = read_submission(path, "s", rules())
    assert submission.files == {"activations.py": "a = 1"}
    assert submission.unusable == {"layers.py": "layers.py is a folder, not a file; hand in the file itself"}


def test_too_many_entries_are_refused(hand_in):
    path = hand_in(ONE)
    for number in range(30):
        (path / f"{number}.txt").touch()
    assert "more than 20 files" in refusal(path, entries=20)


def test_entries_of_ignored_folders_do_not_count(hand_in):
    path = hand_in({**ONE, **{f".git/{number}": "" for number in range(30)}})
    assert read_submission(path, "s", rules(entries=20)).files == ONE


def test_control_characters_in_a_file_name_are_refused(hand_in):
    assert r"x\n.py" in refusal(hand_in({**ONE, "x\n.py": ""}))


def test_file_name_that_is_no_utf8_is_no_obstacle(hand_in):
    path = hand_in(ONE)
    (path / os.fsdecode(b"\xb1\xa8.pdf")).write_bytes(b"")
    assert read_submission(path, "s", rules()).files == ONE


def test_two_folders_with_different_hand_ins_are_refused(hand_in):
    message = refusal(hand_in({"old/layers.py": "x = 1", "new/layers.py": "x = 2"}))
    assert "2 different hand-ins" in message and "new" in message and "old" in message


def test_filled_files_win_over_the_untouched_handout_beside_them(hand_in):
    path = hand_in({**{f"assignment/{k}": v for k, v in STUBS.items()}, "mine/layers.py": "x = 2"})
    assert read_submission(path, "s", rules()).files == {"layers.py": "x = 2"}


def test_two_equal_copies_are_one_hand_in(hand_in):
    path = hand_in({f"{folder}/{k}": v for folder in ("a", "b") for k, v in ONE.items()})
    submission = read_submission(path, "s", rules())
    assert submission.files == ONE and submission.remarks == (
        "the same files are handed in 2 times; one copy is enough",
    )


def test_untouched_notebook_beside_filled_files_is_ignored(hand_in):
    submission = read_submission(hand_in({**ONE, "backprop.ipynb": RELEASED}), "s", rules())
    assert (submission.kind, submission.files, submission.cells) == ("folder", ONE, ())


def test_untouched_files_beside_a_filled_notebook_are_ignored(hand_in):
    submission = read_submission(hand_in({**STUBS, "own.py": "x = 1", "backprop.ipynb": FILLED}), "s", rules())
    assert submission.kind == "notebook" and submission.files == {"own.py": "x = 1"}
    assert submission.cells == ("pass", "def sigmoid(z):\n    return z")


def test_blank_file_competes_with_no_notebook(hand_in):
    submission = read_submission(hand_in({"layers.py": " \n", "backprop.ipynb": FILLED}), "s", rules())
    assert submission.kind == "notebook"


def test_files_are_taken_when_nothing_was_touched(hand_in):
    submission = read_submission(hand_in({**STUBS, "backprop.ipynb": RELEASED}), "s", rules())
    assert submission.kind == "folder" and submission.files == STUBS


def test_line_ends_alone_do_not_make_a_stub_filled(hand_in):
    crlf = {name: text.replace("\n", " \r\n") for name, text in STUBS.items()}
    assert read_submission(hand_in({**crlf, "backprop.ipynb": FILLED}), "s", rules()).kind == "notebook"


def test_filled_notebook_and_filled_files_are_refused(hand_in):
    message = refusal(hand_in({**ONE, "backprop.ipynb": FILLED}))
    assert "both filled in" in message and "backprop.ipynb" in message and "layers.py" in message


def test_without_released_texts_notebook_and_files_are_refused(hand_in):
    with pytest.raises(IntakeError, match="both filled in"):
        read_submission(hand_in({**ONE, "backprop.ipynb": RELEASED}), "s", rules({}))


def test_damaged_notebook_beside_filled_files_costs_nothing(hand_in):
    submission = read_submission(hand_in({**ONE, "backprop.ipynb": "{"}), "s", rules())
    assert submission.files == ONE and submission.remarks[0].startswith("backprop.ipynb was ignored: ")


def test_notebook_of_another_name_is_taken_when_it_is_the_only_filled_one(hand_in):
    path = hand_in({**STUBS, "backprop.ipynb": RELEASED, "backprop (1).ipynb": FILLED})
    assert read_submission(path, "s", rules()).cells[1].endswith("return z")


def test_two_filled_notebooks_of_other_names_are_refused(hand_in):
    assert "2 filled notebooks" in refusal(hand_in({"a.ipynb": FILLED, "b.ipynb": notebook_bytes("x = 1")}))


def test_scratch_notebook_beside_the_named_one_is_ignored_with_a_remark(hand_in):
    submission = read_submission(
        hand_in({"backprop.ipynb": FILLED, "scratch.ipynb": notebook_bytes("x")}), "s", rules()
    )
    assert submission.remarks == ("scratch.ipynb was ignored: backprop.ipynb is graded",)


def test_single_file_and_single_notebook_are_hand_ins(hand_in):
    path = hand_in({**ONE, "mine.ipynb": FILLED})
    single = read_submission(path / "layers.py", "s", rules())
    assert (single.kind, single.files) == ("file", {"layers.py": "b = 2\n"})
    notebook = read_submission(path / "mine.ipynb", "s", rules())
    assert notebook.kind == "notebook" and len(notebook.cells) == 2


def test_time_stamp_is_the_newest_of_what_was_taken(hand_in):
    path = hand_in({**ONE, "notes.txt": "x"})
    for name, seconds in (("layers.py", 1_000), ("activations.py", 2_000), ("notes.txt", 3_000)):
        os.utime(path / name, (seconds, seconds))
    assert read_submission(path, "s", rules()).modified == 2_000


def test_digest_depends_on_content_and_names_but_not_on_time(hand_in):
    def digest(files):
        return read_submission(hand_in(files, f"student-{len(list(tmp.iterdir())):03}"), "s", rules()).digest

    tmp = hand_in({}).parent
    first = digest({"activations.py": "ab", "layers.py": "c"})
    assert first == digest({"activations.py": "ab", "layers.py": "c"})
    assert first != digest({"activations.py": "a", "layers.py": "bc"})
    assert first != digest({"activations.py": "c", "layers.py": "ab"})
    assert first != digest({"activations.py": "ab"})
    assert len(first) == 64


def test_nothing_is_written_beside_the_hand_in(hand_in):
    path = hand_in(ONE)
    before = sorted(path.parent.rglob("*"))
    read_submission(path, "s", rules())
    assert sorted(path.parent.rglob("*")) == before


def test_socket_in_place_of_a_file_is_named(hand_in, monkeypatch):
    path = hand_in({"activations.py": "a = 1"})
    monkeypatch.chdir(path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("layers.py")
        submission = read_submission(path, "s", rules())
    assert "not a file" in submission.unusable["layers.py"]


def test_too_many_folders_of_hand_ins_are_refused_unread(hand_in):
    assert "20 folders with hand-ins" in refusal(hand_in({f"{i}/layers.py": "" for i in range(20)}))


def test_too_many_notebooks_are_refused_unread(hand_in):
    assert "18 notebooks" in refusal(hand_in({f"{i}.ipynb": "{" for i in range(18)}))


def test_too_large_notebook_and_too_large_inner_zip_are_refused(hand_in):
    assert "more than 1,000; leave" in refusal(hand_in({"backprop.ipynb": "x" * 2_000}), notebook_bytes=1_000)
    assert "more than 1,000; leave" in refusal(hand_in({"a.zip": "x" * 2_000}, "student-002"), archive_bytes=1_000)


def test_unreadable_copy_of_a_given_file_is_ignored_with_a_remark(hand_in):
    released = rules({**STUBS, "train.py": "epochs = 5\n"})
    submission = read_submission(hand_in({**ONE, "train.py": b"\xff\xff"}), "s", released)
    assert submission.files == ONE
    assert submission.remarks == ("train.py was ignored: the course's own train.py is used",)


def test_files_without_permission_are_named(hand_in, ordinary_user):
    path = hand_in(ONE)
    (path / "layers.py").chmod(0)
    with ordinary_user():
        submission = read_submission(path, "s", rules())
    assert "check its permissions" in submission.unusable["layers.py"]
