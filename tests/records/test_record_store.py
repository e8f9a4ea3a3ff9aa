"""Records are stored whole or not at all, under names that never collide."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradekit.errors import GradekitError, RecordError
from gradekit.records import Outcome, Record, RecordStore, file_stem, lock_output, open_output, write_atomically

RECORD = Record("toy", "student-001", "key-1", "graded", outcomes=(Outcome("test_a", "a", "passed"),))
HOSTILE = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "-rf",
    "--out=x",
    "a/b",
    "a\\b",
    "con",
    "NUL",
    "com1",
    "Student-001",
    "student 001",
    "Mu\u0308ller",
    "Müller",
    "李小龙",
    "x" * 300,
    "x" * 301,
    "a\nb",
    "a\0b",
    "\ud800",
    "\u202egpj.exe",
    "student-0123456789ab",
    "=HYPERLINK(1)",
    'Doe, Jane "J" O\'Neil',
    "$(reboot)",
    "~root",
    "*",
]


@pytest.fixture
def store(tmp_path):
    return RecordStore(open_output(tmp_path / "grades"))


def test_a_saved_record_is_found_and_current_under_its_key(store):
    store.save(RECORD)
    assert store.find("student-001") == RECORD
    assert store.is_current("student-001", "key-1")
    assert not store.is_current("student-001", "key-2")
    assert store.find("student-002") is None
    assert not store.is_current("student-002", "key-1")


def test_a_second_save_replaces_the_first(store):
    store.save(RECORD)
    store.save(replace(RECORD, key="key-2"))
    assert [record.key for record in store.load_all().records] == ["key-2"]


def test_hostile_ids_are_stored_and_found_inside_the_folder(store):
    for student in HOSTILE:
        store.save(replace(RECORD, student=student))
    assert {record.student for record in store.load_all().records} == set(HOSTILE)
    for student in HOSTILE:
        assert store.path(student).resolve().parent == store.folder.resolve()
        assert store.find(student).student == student


def test_all_records_come_ordered_by_student(store):
    for student in ("b", "Ä", "a", "A"):
        store.save(replace(RECORD, student=student))
    assert [record.student for record in store.load_all().records] == ["A", "a", "b", "Ä"]


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_every_id_gives_a_plain_short_name(student):
    stem = file_stem(student)
    assert 0 < len(stem) <= 60
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert stem[0] != "-"


@given(st.lists(st.text("aAbÄ-0 .\u0308", max_size=6), min_size=2, max_size=2, unique=True))
def test_different_ids_give_different_names_also_where_case_and_normal_form_are_not_told_apart(pair):
    first, second = (unicodedata.normalize("NFC", file_stem(student).casefold()) for student in pair)
    assert first != second


def test_an_id_cannot_take_the_name_of_another():
    stolen = file_stem("Student-001")
    assert file_stem(stolen) != stolen


def test_reserved_names_are_avoided_and_plain_ids_kept():
    assert file_stem("student-001") == "student-001"
    assert all(file_stem(name) != name for name in ("con", "prn", "aux", "nul", "com1", "lpt9"))


def test_damaged_records_are_named_and_the_others_still_read(store):
    store.save(RECORD)
    (store.folder / "student-002.json").write_bytes(b"{")
    (store.folder / "student-003.json").write_bytes(store.path("student-001").read_bytes())
    (store.folder / "student-004.json").mkdir()
    stored = store.load_all()
    assert stored.records == (RECORD,)
    second, third, fourth = map(str, stored.damaged)
    assert "student-002.json: it is damaged" in second
    assert "student-003.json: it is the record of another student" in third
    assert "student-004.json: cannot be read" in fourth
    assert not store.is_current("student-002", "key-1")
    with pytest.raises(RecordError, match=r"student-002\.json"):
        store.find("student-002")


def test_a_killed_writer_leaves_the_old_record_or_the_new_one(tmp_path):
    script = textwrap.dedent("""\
        import itertools, sys
        from pathlib import Path
        from gradekit.records import Outcome, Record, RecordStore, open_output
        store = RecordStore(open_output(Path(sys.argv[1])))
        for number in itertools.count():
            store.save(Record("toy", "student-001", str(number), "graded",
                              outcomes=(Outcome("test_a", "a", "failed", got=str(number) * 3000),)))
            if number == 3:
                print(flush=True)
        """)
    out = tmp_path / "grades"
    for delay in (0.0, 0.011, 0.023):
        with subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout.readline() == b"\n"
            time.sleep(delay)
            writer.send_signal(signal.SIGKILL)
        record = RecordStore(out).find("student-001")
        assert record.outcomes[0].got == (record.key * 3000)[:16_384] or record.outcomes[0].got.endswith("(cut)")
        assert RecordStore(out).load_all().damaged == ()
        assert int(record.key) >= 3


def test_what_a_killed_run_was_writing_is_cleared_by_the_next_run(store):
    (store.folder / ".writing-0123").write_bytes(b"half")
    with lock_output(store.folder.parent):
        assert list(store.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_full_disk_is_one_line_and_keeps_the_old_record(store):
    store.save(RECORD)
    big = replace(RECORD, key="key-2", outcomes=(Outcome("test_a", "a", "failed", got="x" * 16_000),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(GradekitError, match=r"student-001\.json: cannot be written .*Free some space") as caught:
            store.save(big)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, previous)
    assert "\n" not in str(caught.value)
    assert store.find("student-001") == RECORD
    assert [path.name for path in store.folder.iterdir()] == ["student-001.json"]


def test_a_folder_that_vanished_is_one_line(tmp_path):
    with pytest.raises(GradekitError, match="cannot be written"):
        write_atomically(tmp_path / "gone" / "x.json", b"x")


def test_files_are_readable_as_the_users_mask_says(store):
    previous = os.umask(0o027)
    try:
        store.save(RECORD)
    finally:
        os.umask(previous)
    assert store.path("student-001").stat().st_mode & 0o777 == 0o640


def test_output_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "grades").touch()
    with pytest.raises(GradekitError, match="is a file, and results go into a folder"):
        open_output(tmp_path / "grades")


@pytest.mark.parametrize("blocked", ["grades", "grades/records"])
def test_output_that_cannot_be_made_is_refused(blocked, tmp_path):
    # A file in the way refuses root as well, whom permissions do not stop.
    target = tmp_path / blocked
    target.parent.mkdir(exist_ok=True)
    target.touch()
    with pytest.raises(GradekitError) as caught:
        open_output(tmp_path / "grades" / ("below" if blocked == "grades" else ""))
    assert "results cannot be written there" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_read_only_output_folder_is_refused():
    script = textwrap.dedent("""\
        import os, sys
        from pathlib import Path
        from gradekit.errors import GradekitError
        from gradekit.records import open_output
        if os.geteuid() == 0:
            os.setgroups([]); os.setgid(65534); os.setuid(65534)
        try:
            open_output(Path(sys.argv[1]))
        except GradekitError as error:
            print(error)
        """)
    # Not pytest's own folder: the user that root becomes must be able to reach it.
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "grades"
        folder.mkdir()
        folder.chmod(0o555)
        Path(place).chmod(0o755)
        command = [sys.executable, "-c", script, str(folder)]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "results cannot be written there (Permission denied)" in result.stdout
    assert result.stdout.count("\n") == 1


def test_two_runs_on_one_folder_refuse_and_the_lock_ends_with_its_holder(tmp_path):
    out = open_output(tmp_path / "grades")
    script = "import sys; from pathlib import Path; from gradekit.records import lock_output\n"
    script += "with lock_output(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(GradekitError, match="another gradekit run is writing there"), lock_output(out):
            pass
        holder.kill()
        holder.wait()
    with lock_output(out), pytest.raises(GradekitError), lock_output(out):
        pass
    with lock_output(out):
        assert (out / ".lock").exists()
