"""Students and their uploads: who handed in what, in which order, and whom nobody else may disturb."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from intake_samples import FILLED, STUBS, rules, zipped

from gradekit.errors import IntakeError
from gradekit.intake import Refused, Submission, discover, student_id

ONE = {"layers.py": "b = 2\n"}


def by_student(*paths: Path) -> dict[str, Submission | Refused]:
    found = discover(paths, rules())
    assert len({item.student for item in found}) == len(found)
    return {item.student: item for item in found}


def test_class_folder_gives_one_result_per_student_in_order(hand_in, tmp_path):
    hand_in(ONE, "class/student-003")
    hand_in({}, "class/student-002")
    hand_in({"assignment/layers.py": "x = 1"}, "class/student-005")
    (tmp_path / "class/student-001.zip").write_bytes(zipped(("layers.py", "x = 1")))
    (tmp_path / "class/student-004.IPYNB").write_bytes(FILLED)
    (tmp_path / "class/student-006.rar").write_bytes(b"Rar!")
    (tmp_path / "class/roster.csv").write_text("student")
    for litter in (".DS_Store", "__MACOSX", ".git"):
        (tmp_path / "class" / litter).mkdir()
    found = discover([tmp_path / "class"], rules())
    assert [item.student for item in found] == [f"student-00{number}" for number in range(1, 7)]
    assert [getattr(item, "kind", "refused") for item in found] == [
        *("zip", "refused", "folder", "notebook", "folder", "refused")
    ]
    assert "nothing was handed in" in found[1].reason and "please hand in a zip" in found[5].reason


def test_folder_zip_notebook_and_file_are_single_hand_ins(hand_in, tmp_path):
    folder = hand_in({**ONE, "mine.ipynb": FILLED}, "student-001")
    archive = tmp_path / "student-002.zip"
    archive.write_bytes(zipped(("layers.py", "x = 1")))
    found = by_student(folder, archive, folder / "layers.py")
    assert sorted(found) == ["layers", "student-001", "student-002"]


@pytest.mark.parametrize("files", [{"mine.ipynb": FILLED}, {"assignment/layers.py": "x"}, {"Layers.py": "x"}, {}])
def test_folder_of_one_student_is_no_class(hand_in, files):
    assert list(by_student(hand_in(files, "student-001"))) == ["student-001"]


def test_folder_of_notebooks_is_a_class(hand_in):
    path = hand_in({"student-001.ipynb": FILLED, "student-002.ipynb": FILLED, "rename.py": ""}, "class")
    assert list(by_student(path)) == ["student-001", "student-002"]


def test_class_of_one_is_a_class(hand_in):
    path = hand_in({"student-001/layers.py": "x = 1"}, "class")
    assert list(by_student(path)) == ["student-001"]


def test_current_folder_has_its_own_name(hand_in, monkeypatch):
    monkeypatch.chdir(hand_in(ONE, "student-007"))
    assert list(by_student(Path())) == ["student-007"]


def test_same_path_twice_is_one_hand_in(hand_in):
    path = hand_in(ONE)
    assert isinstance(by_student(path, path / "." / "..", path)["student-001"], Submission)


@pytest.mark.parametrize("path", ["no/such/folder", "x\0y", "a" * 300])
def test_path_that_does_not_exist_is_an_error(tmp_path, path):
    with pytest.raises(IntakeError, match="check the path") as caught:
        discover([tmp_path / path], rules())
    assert "\n" not in str(caught.value)


def test_path_that_is_no_hand_in_is_an_error(tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(IntakeError, match=r"notes\.txt is no hand-in"):
        discover([tmp_path / "notes.txt"], rules())


def test_link_given_by_the_user_is_followed_but_a_link_in_a_class_is_not(hand_in, tmp_path):
    hand_in(ONE, "class/student-001")
    hand_in(ONE, "elsewhere")
    (tmp_path / "class/student-002").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "class")
    found = by_student(tmp_path / "link")
    assert isinstance(found["student-001"], Submission)
    assert "symbolic link" in found["student-002"].reason


def test_pipe_in_a_class_does_not_block(hand_in, tmp_path):
    hand_in(ONE, "class/student-001")
    os.mkfifo(tmp_path / "class/student-002.zip")
    os.mkfifo(tmp_path / "class/student-003.ipynb")
    found = by_student(tmp_path / "class")
    assert "not a file" in found["student-002"].reason and "not a file" in found["student-003"].reason
    assert isinstance(found["student-001"], Submission)


def test_two_hand_ins_of_one_student_are_refused(hand_in, tmp_path):
    hand_in(ONE, "class/student-001")
    hand_in(ONE, "class/student-002")
    (tmp_path / "class/student-001.zip").write_bytes(zipped(("layers.py", "x")))
    found = by_student(tmp_path / "class")
    assert "more than one hand-in" in found["student-001"].reason
    assert "student-001, student-001.zip" in found["student-001"].reason
    assert isinstance(found["student-002"], Submission)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Student", "student"), ("stra\u00dfe", "STRASSE"), ("\u00c9cole", "e\u0301cole"), ("a\u200db", "ab")],
)
def test_ids_that_look_alike_are_refused_both(hand_in, tmp_path, one, two):
    hand_in(ONE, f"class/{one}")
    hand_in(ONE, f"class/{two}")
    hand_in(ONE, "class/other")
    found = by_student(tmp_path / "class")
    assert sorted(kind.__name__ for kind in map(type, found.values())) == ["Refused", "Refused", "Submission"]
    assert isinstance(found["other"], Submission)


def test_twins_in_composition_are_refused(hand_in, tmp_path):
    hand_in(ONE, "class/\u00e9")
    hand_in(ONE, "class/e\u0301")
    found = by_student(tmp_path / "class")
    assert list(found) == ["\u00e9"] and isinstance(found["\u00e9"], Refused)


@pytest.mark.parametrize(
    "name",
    [
        'Last, First "Nick"',
        "O'Brien",
        "\u5f20\u4e09",
        "x" * 300,
        "a b",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "=1+1",
    ],
)
def test_honest_names_are_ids(name):
    assert student_id(name) == name


def test_id_is_normalised():
    assert student_id(" \u00a0e\u0301cole\t\n") == "\u00e9cole"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            ".",
            "..",
            ".hidden",
            "-rf",
            "--out=/",
            "a/b",
            "a\\b",
            "a\nb",
            "a\rb",
            "a\x1b[2Jb",
            "a\0b",
            "a\x85b",
        ),
        *("a\u2028b", "a\u2029b", "a\u202eb", "a\u2066b", "a\u200bb", "a\ufeffb", "a\u00adb", "\udcffabc", "x" * 401),
        "y" * 100_000,
    ],
)
def test_names_that_are_no_harmless_line_are_no_ids(name):
    with pytest.raises(IntakeError) as caught:
        student_id(name)
    assert str(caught.value).isprintable() and len(str(caught.value)) < 250


def test_hostile_names_are_refused_in_a_safe_spelling(hand_in, tmp_path):
    hand_in(ONE, "class/student-001")
    for name in (b"-rf", b"a\nb", b"\xff\xfe", "a\u202eb".encode(), b"a\\nb", b"\x1b[2J"):
        folder = os.fsencode(tmp_path / "class") + b"/" + name
        os.mkdir(folder)  # noqa: PTH102  a name that is no UTF-8 has no comfortable spelling
    found = by_student(tmp_path / "class")
    refused = [item for item in found.values() if isinstance(item, Refused)]
    assert len(refused) == 6 and len(found) == 7
    for item in refused:
        assert item.student.isprintable() and item.reason.isprintable()
    assert sorted(item.student for item in refused)[:2] == ["-rf", "\\udcff\\udcfe"]


def test_ids_stay_normalised():
    for name in ("\u1e9b\u0323", "\u212b", "\u0344"):
        once = student_id(name)
        assert student_id(once) == once and unicodedata.is_normalized("NFC", once)


def test_untouched_handout_is_a_hand_in(hand_in):
    assert by_student(hand_in(STUBS))["student-001"].files == STUBS
