"""What the platforms call the files of a class, and what is read from it."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from collect_samples import CONFIG, LAYERS, unpacked, zipped, zipped_with_bare_names

from gradekit.errors import GradekitError, IntakeError
from gradekit.intake.download import open_download
from gradekit.intake.text import UnusableFileError
from gradekit.platforms.collect.canvas import read_canvas
from gradekit.platforms.collect.collecting import LAYOUTS, collect
from gradekit.platforms.collect.git_clones import commit_time, read_git_clones
from gradekit.platforms.collect.gradescope_export import read_gradescope
from gradekit.platforms.collect.moodle import read_moodle


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "download.zip"
    path.write_bytes(data)
    return path


def entries(folder: Path, files: dict[str, bytes]):
    return open_download(saved(folder, zipped(files)), CONFIG.intake).entries


def contents(handin) -> dict[str, bytes]:
    return {"/".join(file.path): file.read(1 << 20) for file in handin.files}


def test_moodle_gives_folders_or_flat_files(tmp_path: Path) -> None:
    found = read_moodle(
        entries(
            tmp_path,
            {
                "First Older_11_assignsubmission_file_/layers.py": LAYERS,
                "First Older_11_assignsubmission_file_/own/helper.py": b"x = 1",
                "First Older_11_assignsubmission_onlinetext_/onlinetext.html": b"<p>see the files</p>",
                "Second Newer_12_assignsubmission_file/layers.py": LAYERS,
                "Third Flat_13_assignsubmission_file_my_layers.py": LAYERS,
                "readme.txt": b"not a hand-in",
            },
        )
    )
    assert [(handin.number, handin.name) for handin in found] == [
        ("11", "First Older"),
        ("12", "Second Newer"),
        ("13", "Third Flat"),
    ]
    assert contents(found[0]) == {
        "layers.py": LAYERS,
        "own/helper.py": b"x = 1",
        "onlinetext.html": b"<p>see the files</p>",
    }
    assert contents(found[2]) == {"my_layers.py": LAYERS}


def test_a_file_name_does_not_make_a_moodle_hand_in_another_students(tmp_path: Path) -> None:
    name = "Third Flat_13_assignsubmission_file_First Older_11_assignsubmission_file_layers.py"
    (found,) = read_moodle(entries(tmp_path, {name: LAYERS}))
    assert (found.number, found.name) == ("13", "Third Flat")


def test_canvas_gives_flat_files(tmp_path: Path) -> None:
    found = read_canvas(
        entries(
            tmp_path,
            {
                "übungerste_21_901_layers.py": LAYERS,
                "übungerste_21_902_my_notes_1_2_x.txt": b"notes",
                "測試學生_LATE_22_903_backprop.zip": b"PK",
                "LATE_anon_Ab12C_904_layers.py": LAYERS,
                "olsentext_23_text.html": b"<p>text</p>",
                "readme.txt": b"not a hand-in",
            },
        )
    )
    assert {handin.number: (handin.name, handin.late) for handin in found} == {
        "21": ("übungerste", False),
        "22": ("測試學生", True),
        "anon_Ab12C": ("", True),
        "23": ("olsentext", False),
    }
    assert contents(next(handin for handin in found if handin.number == "21")) == {
        "layers.py": LAYERS,
        "my_notes_1_2_x.txt": b"notes",
    }


def test_a_file_name_does_not_make_a_canvas_hand_in_another_students(tmp_path: Path) -> None:
    (found,) = read_canvas(entries(tmp_path, {"olsen_23_905_übungerste_21_906_layers.py": LAYERS}))
    assert (found.number, found.late) == ("23", False)


def test_the_last_of_several_files_of_one_name_counts_in_canvas(tmp_path: Path) -> None:
    files = {
        "olsen_23_905_layers.py": b"first",
        "olsen_23_1003_layers-1.py": b"third",
        "olsen_23_998_layers-2.py": b"second",
        "olsen_23_999_figure-1.png": b"one picture",
        "olsen_23_1000_figure-2.png": b"another picture",
    }
    (found,) = read_canvas(entries(tmp_path, files))
    assert contents(found) == {
        "layers.py": b"third",
        "figure-1.png": b"one picture",
        "figure-2.png": b"another picture",
    }
    assert found.attempts == 3


METADATA = """
submission_31:
  :submitters:
  - :name: Erste Übung
    :sid: '007'
    :email: First@Example.org
  - :name: Second Newer
    :sid: '008'
    :email: second@example.org
  :created_at: 2026-11-20 10:00:00.123456000 -08:00
  :score: !ruby/object:BigDecimal 27:0.1e2
  :history:
  - :id: 29
    :created_at: 2026-11-19 10:00:00.000000000 -08:00
submission_32:
  :submitters: []
submission_33: nothing
""".encode()


@pytest.mark.parametrize("around", ["", "assignment_5_export/"])
def test_gradescope_tells_who_and_when(tmp_path: Path, around: str) -> None:
    files = {f"{around}submission_metadata.yml": METADATA, f"{around}submission_31/layers.py": LAYERS}
    collected = collect(saved(tmp_path, zipped(files)), tmp_path / "class", CONFIG, None, "", None)
    assert [seat.student for seat in collected.seats] == ["007", "008"]
    for seat in collected.seats:
        assert seat.handin is not None
        assert seat.handin.submitted == datetime(2026, 11, 20, 18, 0, 0, 123456, tzinfo=timezone.utc)
        assert seat.attempts == 2
        assert (tmp_path / "class" / seat.student / "layers.py").read_bytes() == LAYERS


@pytest.mark.parametrize("text", [b"[1, 2", b"- a list", b"\xff", b"&a [*a, " * 3])
def test_broken_metadata_is_named(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(IntakeError, match="submission_metadata"):
        read_gradescope(entries(tmp_path, {"submission_metadata.yml": text}))


def test_metadata_makes_no_objects(tmp_path: Path) -> None:
    text = b"submission_1: !!python/object/apply:os.mkdir [made]\n"
    with pytest.raises(IntakeError, match="submission_metadata"):
        read_gradescope(entries(tmp_path, {"submission_metadata.yml": text, "submission_1/layers.py": LAYERS}))


def git(folder: Path, *arguments: str, when: datetime) -> None:
    stamp = when.isoformat()
    environment = {
        **os.environ,
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_DATE": stamp,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    identity = ("-c", "user.name=student-001", "-c", "user.email=student-001@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with a commit of noon, and one of an hour later that is checked out."""
    folder = unpacked({"layers.py": LAYERS}, tmp_path / "clones" / "backprop-Student-One")
    noon = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=8)))
    git(folder, "init", "-q", when=noon)
    git(folder, "add", ".", when=noon)
    git(folder, "commit", "-q", "-m", "> 99 +0000", when=noon)
    git(folder, "commit", "-q", "--allow-empty", "-m", "more", when=noon + timedelta(hours=1))
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_clone_tells_when_its_commit_was_made(clone: Path, packed: bool) -> None:
    if packed:
        git(clone, "gc", "-q", when=datetime.now(timezone.utc))
        assert (clone / ".git" / "packed-refs").is_file()
    assert commit_time(clone / ".git") == datetime(2026, 11, 20, 5, tzinfo=timezone.utc)
    (found,) = read_git_clones(open_download(clone.parent, CONFIG.intake))
    assert (found.login, contents(found)) == ("backprop-Student-One", {"layers.py": LAYERS})


def test_the_settings_of_a_clone_run_nothing(clone: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {made}\n")
    program.chmod(0o755)
    config = clone / ".git" / "config"
    config.write_text(
        f"[core]\n\trepositoryformatversion = 1\n\tfsmonitor = {program}\n\tpager = {program}\n\tsshCommand = {program}\n"
        f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {program}\n"
        f'[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = .\n\tuploadpack = {program}\n\tpromisor = true\n'
    )
    assert commit_time(clone / ".git") is not None
    for lost in (clone / ".git" / "objects").glob("??/*"):
        lost.unlink()
    assert commit_time(clone / ".git") is None  # Git would fetch what is missing from "origin"
    assert not made.exists()


@pytest.mark.parametrize("head", ["", "ref: refs/heads/none", "ref: refs/../../secret", "0" * 40, "\xff" * 40])
def test_a_clone_without_a_commit_tells_no_time(tmp_path: Path, head: str) -> None:
    folder = tmp_path / ".git"
    folder.mkdir()
    (folder / "HEAD").write_text(head, encoding="latin-1")
    assert commit_time(folder) is None


@pytest.mark.parametrize("pack", [zipped, zipped_with_bare_names])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_in_every_script_are_read_alike(tmp_path: Path, pack, form: str) -> None:
    files = {
        unicodedata.normalize(form, "Åben Übung_11_assignsubmission_file_/layers.py"): LAYERS,
        "測試學生_12_assignsubmission_file_/layers.py": LAYERS,
    }
    found = read_moodle(open_download(saved(tmp_path, pack(files)), CONFIG.intake).entries)
    assert [handin.name for handin in found] == ["Åben Übung", "測試學生"]
    from_folder = read_moodle(open_download(unpacked(files, tmp_path / "folder"), CONFIG.intake).entries)
    assert [(handin.name, contents(handin)) for handin in from_folder] == [
        ("Åben Übung", {"layers.py": LAYERS}),
        ("測試學生", {"layers.py": LAYERS}),
    ]


def test_one_odd_member_does_not_keep_the_class_out(tmp_path: Path) -> None:
    download = open_download(
        saved(
            tmp_path,
            zipped(
                {
                    "Ada_11_assignsubmission_file_/layers.py": LAYERS,
                    "Ada_11_assignsubmission_file_/Layers.py": LAYERS,
                    "Ada_11_assignsubmission_file_/a/b/c/d/e/f/g/deep.py": LAYERS,
                    "Bo_12_assignsubmission_file_/layers.py": LAYERS,
                    "Bo_12_assignsubmission_file_/zeros.txt": bytes(1 << 20),
                    "../outside.py": LAYERS,
                }
            ),
        ),
        CONFIG.intake,
    )
    first, second = read_moodle(download.entries)
    assert len(first.files) == 3
    assert {file.path[-1]: _taken(file) for file in second.files} == {"layers.py": True, "zeros.txt": False}
    assert ["leads out" in remark for remark in download.remarks] == [True]


def _taken(file) -> bool:
    try:
        return bool(file.read(1 << 20))
    except (IntakeError, UnusableFileError):
        return False


def test_what_is_no_download_is_refused_with_the_way_out(tmp_path: Path) -> None:
    plain = unpacked({"student-001/layers.py": LAYERS, "student-002/layers.py": LAYERS}, tmp_path / "plain")
    with pytest.raises(GradekitError, match="gradekit grade"):
        collect(plain, tmp_path / "class", CONFIG, None, "", None)
    for platform in LAYOUTS:
        with pytest.raises(GradekitError, match="holds no hand-ins"):
            collect(plain, tmp_path / "class", CONFIG, None, platform, None)
    damaged = saved(tmp_path, b"PK\x03\x04 and no more")
    with pytest.raises(GradekitError, match="damaged"):
        collect(damaged, tmp_path / "class", CONFIG, None, "", None)
    with pytest.raises(GradekitError, match="cannot be read"):
        collect(tmp_path / "none.zip", tmp_path / "class", CONFIG, None, "", None)
    assert not (tmp_path / "class").exists()
