"""From a download and a class list to a class folder: whose hand-in it is, what is written, and who is late."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timezone
from pathlib import Path

import pytest
from collect_samples import (
    CONFIG,
    LAYERS,
    csv_text,
    gradebook,
    unpacked,
    worksheet,
    worksheet_row,
    zipped,
)

from gradekit.errors import GradekitError
from gradekit.intake import IntakeRules, Refused, discover
from gradekit.platforms.collect import Collected, collect, read_roster
from gradekit.report.classlist import LATE_NAME, NAME, read_class_list
from gradekit.scoring import read_late_file

RULES = IntakeRules(tuple(CONFIG.files), (), CONFIG.notebook, CONFIG.intake)


def run(
    tmp_path: Path, files: dict[str, bytes], roster: Path | None = None, deadline: datetime | None = None
) -> Collected:
    download = tmp_path / "download.zip"
    download.write_bytes(zipped(files))
    listed = read_roster(roster, "", (CONFIG.title, CONFIG.lab)) if roster else None
    return collect(download, tmp_path / "class", CONFIG, listed, "", deadline)


def moodle(number: int, name: str = "Some Body", file: str = "layers.py", data: bytes = LAYERS) -> dict[str, bytes]:
    return {f"{name}_{number}_assignsubmission_file_/{file}": data}


def own_list(folder: Path, *rows: str, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path = folder / "list.csv"
    path.write_text(csv_text([row.split(",") for row in rows], delimiter), encoding=encoding)
    return path


def sources(collected: Collected) -> dict[str, str]:
    return {seat.student: seat.handin.source if seat.handin else "" for seat in collected.seats}


def test_a_collected_class_is_what_grade_takes(tmp_path: Path) -> None:
    inner = zipped({"backprop/layers.py": LAYERS})
    files = {
        **moodle(11, "Erste Übung"),
        **moodle(12, "測試學生", "backprop.zip", zipped({"backprop.zip": inner})),
        **moodle(13, "Third Wrong", "report.pdf", b"%PDF"),
        **moodle(14, "Di Rar", "backprop.rar", b"Rar!"),
    }
    roster = worksheet(
        tmp_path,
        worksheet_row(11, "Erste Übung", "student-001"),
        worksheet_row(12, "測試學生", "student-002"),
        worksheet_row(13, "Third Wrong", "student-003"),
        worksheet_row(14, "Di Rar", "student-004"),
        worksheet_row(15, "Ed Nothing", "student-005", Status="No submission"),
    )
    collected = run(tmp_path, files, roster)
    assert [seat.student for seat in collected.seats] == [f"student-00{n}" for n in range(1, 6)]
    assert collected.seats[4].handin is None
    found = {entry.student: entry for entry in discover([tmp_path / "class"], RULES)}
    assert list(found) == [f"student-00{n}" for n in range(1, 5)]
    for student in ("student-001", "student-002"):
        assert found[student].files["layers.py"] == LAYERS.decode()
    assert "no notebook" in found["student-003"].reason
    assert "not a zip" in found["student-004"].reason
    members = read_class_list(tmp_path / "class").by_student
    assert (members["student-002"].name, members["student-002"].number) == ("測試學生", "12")
    assert members["student-005"].source == ""


def test_one_student_alone_is_a_class_as_well(tmp_path: Path) -> None:
    run(tmp_path, moodle(11, file="backprop.ipynb", data=b"{}"))
    (found,) = discover([tmp_path / "class"], RULES)
    assert found.student == "11"


def test_files_are_written_plainly(tmp_path: Path) -> None:
    files = {
        **moodle(11, file="own/helper.py"),
        **moodle(11, file="own/../../../escape.py"),
        **moodle(11, file="__MACOSX/x.py"),
    }
    run(tmp_path, files)
    folder = tmp_path / "class" / "11"
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.*")] == ["own/helper.py"]
    mode = (folder / "own" / "helper.py").stat().st_mode
    assert stat.S_ISREG(mode) and not mode & 0o111
    assert not list(tmp_path.rglob("escape.py"))


def test_what_cannot_be_taken_is_left_out_and_told(tmp_path: Path) -> None:
    files = {
        **moodle(11),
        **moodle(11, file="zeros.bin", data=bytes(1 << 19)),
        **moodle(11, file="a/b/c/d/e/f/deep.py"),
        **moodle(12, file="zeros.bin", data=bytes(1 << 19)),
        **moodle(13),
    }
    collected = run(tmp_path, files)
    told = [(student, text.split(":")[0]) for student, text in collected.remarks if student]
    assert sorted(told) == [
        ("11", "a/b/c/d/e/f/deep.py lies too deep, or has an impossible name; it was left out"),
        ("11", "zeros.bin"),
        ("12", "zeros.bin"),
    ]
    found = {entry.student: entry for entry in discover([tmp_path / "class"], RULES)}
    assert isinstance(found["12"], Refused)
    assert not isinstance(found["11"], Refused) and not isinstance(found["13"], Refused)


def test_a_hand_in_beyond_the_cap_is_cut_there(tmp_path: Path) -> None:
    noise = os.urandom(700_000)
    collected = run(tmp_path, {**moodle(11, file="one.bin", data=noise), **moodle(11, file="two.bin", data=noise)})
    assert [path.name for path in (tmp_path / "class" / "11").iterdir()] == ["one.bin"]
    assert [student for student, _ in collected.remarks] == ["11", ""]


def test_links_in_an_unpacked_download_lead_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("secret")
    folder = unpacked(moodle(11), tmp_path / "folder")
    (folder / "Some Body_11_assignsubmission_file_" / "losses.py").symlink_to(secret)
    (folder / "Bad Body_12_assignsubmission_file_").symlink_to(tmp_path)
    collect(folder, tmp_path / "class", CONFIG, None, "", None)
    assert [path.name for path in (tmp_path / "class" / "11").iterdir()] == ["layers.py"]
    assert [path.name for path in (tmp_path / "class" / "12").iterdir()] == ["not-collected.txt"]


def test_students_are_found_by_the_number_before_the_name(tmp_path: Path) -> None:
    roster = worksheet(tmp_path, worksheet_row(11, "Erste Übung", "one"), worksheet_row(12, "Second Newer", "two"))
    collected = run(tmp_path, {**moodle(12, "Erste Übung"), **moodle(99, "Second Newer")}, roster)
    assert sources(collected) == {
        "one": "",
        "two": "Erste Übung_12_assignsubmission_file_",
        "99": "Second Newer_99_assignsubmission_file_",
    }
    assert [text for _, text in collected.remarks] == [
        "Second Newer_99_assignsubmission_file_ is not in worksheet.csv; collected as 99"
    ]


def test_the_worksheet_of_another_assignment_is_not_matched_by_name(tmp_path: Path) -> None:
    roster = worksheet(tmp_path, worksheet_row(51, "Erste Übung", "one"), worksheet_row(52, "Second Newer", "two"))
    with pytest.raises(GradekitError, match="the list of this assignment"):
        run(tmp_path, {**moodle(11, "Erste Übung"), **moodle(12, "Second Newer")}, roster)
    found = run(tmp_path, {**moodle(11, "Erste Übung"), **moodle(52, "Second Newer")}, roster)
    assert list(sources(found)) == ["11", "one", "two"]


def test_canvas_students_are_found_by_their_id_and_a_foreign_name_is_told(tmp_path: Path) -> None:
    roster = gradebook(
        tmp_path,
        ["Übung, Erste", "21", "", "erste", "", "A"],
        ["Newer, Second", "22", "s-22", "second", "", "A, B"],
        ["Other, Third", "23", "", "", "", "B"],
    )
    files = {"übungerste_21_901_layers.py": LAYERS, "someoneelse_LATE_22_902_layers.py": LAYERS}
    collected = run(tmp_path, files, roster)
    assert sources(collected) == {
        "erste": "übungerste_21_901_layers.py",
        "s-22": "someoneelse_LATE_22_902_layers.py",
        "23": "",
    }
    assert collected.minutes == {"s-22": 16}  # 15 minutes of grace: the first day has begun
    assert [student for student, _ in collected.remarks] == ["", "s-22"]
    assert "another name" in collected.remarks[0][1]
    assert (collected.class_list.assignment, collected.class_list.maximum) == ("Back-propagation (4711)", 10)


@pytest.mark.parametrize("name", ["Erste Übung", "Übung, Erste", "übung ERSTE", "U\u0308bung, Erste"])
def test_a_list_of_the_courses_own_is_matched_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(csv_text([["student", "name"], ["student-001", name], ["student-002", "學生 測試"]]))
    collected = run(tmp_path, {**moodle(11, "Erste Übung"), **moodle(12, "測試學生")}, path)
    assert list(sources(collected)) == ["student-001", "student-002"]
    assert all(sources(collected).values())


def test_two_students_of_one_name_are_never_taken_for_one(tmp_path: Path) -> None:
    roster = own_list(tmp_path, "student,name", "student-001,Erste Übung")
    collected = run(tmp_path, {**moodle(11, "Erste Übung"), **moodle(12, "Erste Übung")}, roster)
    assert list(sources(collected)) == ["11", "12", "student-001"]
    assert not sources(collected)["student-001"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t")])
def test_lists_from_any_spreadsheet_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = own_list(
        tmp_path,
        "SID,First Name,Last Name,Email",
        "007,Erste,Übung,ERSTE@x.org",
        encoding=encoding,
        delimiter=delimiter,
    )
    (person,) = read_roster(path, "", ()).people
    assert (person.ids[0], person.name, person.email) == ("007", "Erste Übung", "ERSTE@x.org")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "holds no class list"),
        ("name\nAda\n", "needs a column"),
        ("student\none\nONE\n", ":3: 'ONE' stands in line 2 as well"),
        ("student,name\n-,First\n", ":2: gives no id"),
        ('student\n"one\n', "not a CSV file"),
        ("Identifier,Grade,Maximum grade\nParticipant 1,,10\n", "last modified"),
        ("Identifier,Grade,Scale,Last modified (grade)\nParticipant 1,,A B,-\n", "on a scale"),
        ("Identifier,Grade,Maximum grade,Last modified (grade)\nSomebody,,10,-\n", "ends in no number"),
        ("Student,ID,Section,A (1),B (2)\nAda,7,X,,\n", "--assignment"),
    ],
)
def test_a_list_that_cannot_be_used_says_which_line(tmp_path: Path, text: str, trouble: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(GradekitError) as caught:
        run(tmp_path, moodle(11), path)
    assert trouble in str(caught.value)
    assert not (tmp_path / "class").exists()


def test_an_id_that_no_folder_could_have_gives_way_to_the_next(tmp_path: Path) -> None:
    roster = own_list(tmp_path, "student,login,name", "../x,erste@una.py,Erste Übung", ",second,Second Newer")
    with pytest.raises(GradekitError, match=":2: gives no id"):
        run(tmp_path, moodle(11, "Erste Übung"), roster)
    roster = own_list(tmp_path, "student,login,name", "../x,erste,Erste Übung", ",second,Second Newer")
    assert list(sources(run(tmp_path, moodle(11, "Erste Übung"), roster))) == ["erste", "second"]


def test_git_clones_are_found_by_the_end_of_their_name(tmp_path: Path) -> None:
    clones = tmp_path / "clones"
    for name in ("lab-first", "lab-super-first", "lab-Second", "lab-nobody", "notes"):
        unpacked({"layers.py": LAYERS}, clones / name)
        if name != "notes":
            (clones / name / ".git").mkdir()
    roster = own_list(tmp_path, "identifier,github_username", "s1,first", "s2,super-first", "s3,second")
    listed = read_roster(roster, "", ())
    collected = collect(clones, tmp_path / "class", CONFIG, listed, "", None)
    assert sources(collected) == {
        "s1": "lab-first",
        "s2": "lab-super-first",
        "s3": "lab-Second",
        "lab-nobody": "lab-nobody",
    }
    assert not (tmp_path / "class" / "s1" / ".git").exists()
    assert ("", "left out, being no clones: 1") in collected.remarks


def test_moodle_says_who_is_late(tmp_path: Path) -> None:
    roster = worksheet(
        tmp_path,
        worksheet_row(11, "A", "one", Status="Submitted for grading - 1 day 2 hours late - Graded"),
        worksheet_row(12, "B", "two", Status="Submitted for grading - 5 mins 30 secs late"),
        worksheet_row(13, "C", "three"),
    )
    files = {**moodle(11, "A"), **moodle(12, "B"), **moodle(13, "C")}
    assert run(tmp_path, files, roster).minutes == {"one": 26 * 60, "two": 5.5}
    assert dict(read_late_file(tmp_path / "class" / LATE_NAME)) == {"one": 26 * 60, "two": 5.5}


def test_a_deadline_counts_to_the_minute_and_before_the_platforms_words(tmp_path: Path) -> None:
    roster = worksheet(
        tmp_path,
        worksheet_row(11, "A", "one", Status="Submitted for grading - 1 day late"),
        worksheet_row(12, "B", "two", **{"Last modified (submission)": "Friday, 20 November 2026, 12:30\u202fAM"}),
        worksheet_row(13, "C", "three", **{"Last modified (submission)": "Freitag, 20. November 2026, 00:30"}),
    )
    files = {**moodle(11, "A"), **moodle(12, "B"), **moodle(13, "C")}
    collected = run(tmp_path, files, roster, datetime(2026, 11, 20).astimezone())
    assert collected.minutes == {"two": 30}
    assert [text for _, text in collected.remarks] == [
        "counted as in time, because nothing tells when they were handed in: 1"
    ]


def test_a_deadline_has_a_zone(tmp_path: Path) -> None:
    metadata = b"submission_1:\n  :submitters:\n  - :sid: 's1'\n  :created_at: 2026-11-20 10:00:00 -08:00\n"
    files = {"submission_metadata.yml": metadata, "submission_1/layers.py": LAYERS}
    deadline = datetime(2026, 11, 20, 17, 30, tzinfo=timezone.utc)
    assert run(tmp_path, files, None, deadline).minutes == {"s1": 30}


def test_a_later_download_replaces_its_students_and_keeps_the_others(tmp_path: Path) -> None:
    roster = worksheet(
        tmp_path,
        worksheet_row(11, "A", "one", Status="Submitted for grading - 1 hour late"),
        worksheet_row(12, "B", "two", Status="Submitted for grading - 2 hours late"),
    )
    run(tmp_path, {**moodle(11, "A"), **moodle(12, "B"), **moodle(12, "B", "losses.py")}, roster)
    (tmp_path / "class" / ".collecting-dead").mkdir()
    late = tmp_path / "class" / LATE_NAME
    late.write_text(late.read_text().replace("one,60", "one,7"))  # an extension that the assistant knows of
    roster = worksheet(tmp_path, worksheet_row(11, "A", "one"), worksheet_row(12, "B", "two"))
    collected = run(tmp_path, moodle(12, "B", data=b"newer"), roster)
    assert [path.name for path in (tmp_path / "class" / "two").iterdir()] == ["layers.py"]
    assert (tmp_path / "class" / "two" / "layers.py").read_bytes() == b"newer"
    assert (tmp_path / "class" / "one" / "layers.py").read_bytes() == LAYERS
    assert dict(read_late_file(late)) == {"one": 7}
    assert collected.class_list.by_student["one"].source
    assert run(tmp_path, moodle(13, "C")).kept == 2
    assert sorted(path.name for path in (tmp_path / "class").iterdir()) == ["13", NAME, LATE_NAME, "one", "two"]


def test_a_folder_of_something_else_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "thesis.txt").write_text("mine")
    with pytest.raises(GradekitError, match="Choose another folder"):
        run(tmp_path, moodle(11))
    assert [path.name for path in (tmp_path / "class").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "members": [{}]}', "[" * 100_000])
def test_a_damaged_class_list_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(GradekitError, match=NAME):
        read_class_list(tmp_path)
