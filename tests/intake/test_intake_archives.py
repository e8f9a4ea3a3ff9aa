"""Zip archives: honest ones give what their folder gives, hostile ones are refused before they cost anything."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib

import pytest
from intake_samples import FILLED, rules, zipped

from gradekit.errors import IntakeError
from gradekit.intake import read_submission

ONE = {"activations.py": "a = 1\n", "layers.py": "b = 2\n"}
MEMBERS = tuple(ONE.items())


@pytest.fixture
def read(tmp_path):
    def read_bytes(data: bytes, name: str = "student-001.zip", **limits: int):
        path = tmp_path / name
        path.write_bytes(data)
        return read_submission(path, "student-001", rules(**limits))

    return read_bytes


@pytest.fixture
def refusal(read):
    def refuse(data: bytes, name: str = "student-001.zip", **limits: int) -> str:
        with pytest.raises(IntakeError) as caught:
            read(data, name, **limits)
        message = str(caught.value)
        assert "\n" not in message and ";" in message, "one line, with the way out"
        return message

    return refuse


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o644) << 16
    return info


def patched(data: bytes, name: str, offset: int, value: bytes, local_offset: int | None = None) -> bytes:
    """`data` with a field of the directory entry of `name` overwritten, and the same field of its local header."""
    changed = bytearray(data)
    central = data.rindex(name.encode()) - 46
    assert data[central : central + 4] == b"PK\x01\x02"
    changed[central + offset : central + offset + len(value)] = value
    if local_offset is not None:
        local = data.index(name.encode()) - 30
        changed[local + local_offset : local + local_offset + len(value)] = value
    return bytes(changed)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("prefix", ["", "student-001/", "student-001/assignment/", "./"])
def test_zip_gives_the_files_of_its_folder(read, method, prefix):
    members = [(prefix + name, text) for name, text in MEMBERS]
    submission = read(zipped(*members, ("__MACOSX/._layers.py", "x"), (".DS_Store", "x"), method=method))
    assert (submission.kind, submission.files, submission.remarks) == ("zip", ONE, ())


def test_zip_of_a_notebook_is_a_notebook(read):
    submission = read(zipped(("backprop.ipynb", FILLED)))
    assert submission.kind == "notebook" and len(submission.cells) == 2


def test_backslashes_of_some_windows_programs_separate_folders(read):
    assert read(zipped(*((f"work\\{name}", text) for name, text in MEMBERS))).files == ONE


def test_zip_in_a_zip_is_accepted_once(read, refusal):
    inner = zipped(*MEMBERS)
    outer = zipped(("upload/hand-in.zip", inner))
    assert read(outer).files == ONE
    assert read(outer).kind == "zip"
    assert "zip in a zip" in refusal(zipped(("a.zip", outer)))


def test_folder_around_a_zip_is_accepted(hand_in):
    submission = read_submission(hand_in({"hand-in.zip": zipped(*MEMBERS)}), "s", rules())
    assert (submission.kind, submission.files) == ("zip", ONE)
    submission = read_submission(hand_in({"a.zip": zipped(("b.zip", zipped(*MEMBERS)))}, "student-002"), "s", rules())
    assert (submission.kind, submission.files) == ("zip", ONE)


def test_two_archives_are_refused(hand_in):
    path = hand_in({"a.zip": zipped(*MEMBERS), "b.zip": zipped(*MEMBERS)})
    with pytest.raises(IntakeError, match="2 zip archives"):
        read_submission(path, "s", rules())


def test_inner_zip_stands_under_the_same_caps(refusal):
    bomb = zipped(("layers.py", bytes(3_000_000)))
    assert "200 times its size" in refusal(zipped(("hand-in.zip", bomb)))


@pytest.mark.parametrize("name", ["../layers.py", "a/../../layers.py", "..\\layers.py", "a\\..\\layers.py"])
def test_member_that_leads_outside_is_refused(refusal, name):
    assert "leads out of the archive" in refusal(zipped(*MEMBERS, (name, "x")))


@pytest.mark.parametrize("name", ["/etc/cron.d/layers.py", "\\layers.py", "C:\\layers.py", "c:layers.py"])
def test_absolute_member_is_refused(refusal, name):
    assert "absolute path" in refusal(zipped(*MEMBERS, (name, "x")))


@pytest.mark.parametrize("name", ["a\nb.py", "\x1b[2Jb.py", "b.py\x07", "\x85.py"])
def test_control_characters_in_names_are_refused(refusal, name):
    message = refusal(zipped(*MEMBERS, (name, "x")))
    assert "control characters" in message and message.isprintable()


def test_nul_in_a_name_is_refused(refusal):
    data = zipped(*MEMBERS, ("layers.pyX.txt", "x")).replace(b"layers.pyX.txt", b"layers.py\0.txt")
    assert "control characters" in refusal(data)


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_refused(refusal, mode):
    message = refusal(zipped(*MEMBERS, (special("link", mode), "/etc/passwd")))
    assert ("symbolic link" if mode == stat.S_IFLNK else "device") in message


def test_duplicate_members_are_refused(refusal):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("layers.py", "x = 1"), ("layers.py", "x = 2"))
    assert '"layers.py" twice' in refusal(data)


@pytest.mark.parametrize("twin", ["Layers.py", "LAYERS.PY"])
def test_members_that_differ_in_case_alone_are_refused(refusal, twin):
    assert "one name on some computers" in refusal(zipped(*MEMBERS, (twin, "x")))


def test_folders_that_differ_in_case_alone_are_refused(refusal):
    assert "one name on some computers" in refusal(zipped(("a/layers.py", "x = 1"), ("A/activations.py", "x = 2")))


def test_file_and_folder_of_one_name_are_refused(refusal):
    assert "twice" in refusal(zipped(("layers.py", "x = 1"), ("layers.py/x.txt", "")))


def test_folder_in_place_of_a_file_is_named(read):
    submission = read(zipped(("activations.py", "a = 1"), ("layers.py/", "")))
    assert submission.files == {"activations.py": "a = 1"} and "is a folder" in submission.unusable["layers.py"]


def test_password_is_refused(refusal):
    data = patched(zipped(*MEMBERS), "layers.py", 8, b"\x01\x00", 6)
    assert "password" in refusal(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(refusal, method):
    assert "unusual method" in refusal(zipped(*MEMBERS, method=method))


def test_ratio_bomb_is_refused_without_unpacking_it(refusal):
    data = zipped(*MEMBERS, ("pixels.bin", bytes(40_000_000)))
    tracemalloc.start()
    try:
        assert "200 times its size" in refusal(data)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_total_size_is_capped(refusal):
    members = [(f"{number}.bin", bytes(60_000)) for number in range(20)]
    assert "unpacks to 1,200,012 bytes" in refusal(zipped(*MEMBERS, *members), archive_bytes=1_000_000)


def test_size_of_the_archive_itself_is_capped(refusal):
    assert "more than 1,000" in refusal(b"PK" + bytes(2_000), archive_bytes=1_000)


def test_too_large_member_leaves_the_others_alone(read):
    submission = read(zipped(("activations.py", "a = 1"), ("layers.py", "x = 1\n" * 20_000)), ratio=10_000)
    assert list(submission.files) == ["activations.py"]
    assert "has 120,000 bytes" in submission.unusable["layers.py"]


@pytest.mark.parametrize("claimed", [0, 5, 7, 60_000, 0xFFFFFFF0])
def test_lie_about_the_size_is_refused(refusal, claimed):
    data = zipped(("layers.py", "x = 1\n"))
    size = struct.pack("<I", claimed)
    assert refusal(patched(data, "layers.py", 24, size, 22))


def test_bomb_behind_an_honest_size_allocates_no_more_than_it_claims(refusal):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(50_000_000)) + packed.flush()
    data = bytearray(zipped(("layers.py", body), method=zipfile.ZIP_STORED))
    fields = struct.pack("<HII", 8, len(body), 100)  # method, then the sizes
    for at, method, sizes in ((data.index(b"PK\x01\x02"), 10, 20), (0, 8, 18)):
        data[at + method : at + method + 2] = fields[:2]
        data[at + sizes : at + sizes + 8] = fields[2:]
    tracemalloc.start()
    try:
        assert "is damaged" in refusal(bytes(data))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_hundred_thousand_entries_are_refused_at_once(refusal):
    data = b"".join(b"PK\x01\x02" + bytes(42) for _ in range(100_000))
    data += struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(data), 0, 0)  # the count lies, too
    started = time.process_time()
    assert "more than 2,000 files" in refusal(data)
    assert time.process_time() - started < 1


def test_depth_is_capped(refusal, read):
    assert "deeper than 8 folders" in refusal(zipped(*MEMBERS, ("/".join("abcdefghi") + "/x.py", "")))
    assert read(zipped(*MEMBERS, ("/".join("abcdefgh") + "/x.txt", ""))).files == ONE


def test_overlapping_members_are_refused(refusal):
    data = zipped(("layers.py", "x = 1"), ("layerz.py", "x = 1"), method=zipfile.ZIP_STORED)
    larger = struct.pack("<I", 70)
    assert "overlap" in refusal(patched(patched(data, "layers.py", 20, larger), "layers.py", 24, larger))
    second = data.rindex(b"layerz.py") - 46
    aliased = bytearray(data)
    aliased[second + 42 : second + 46] = bytes(4)  # both entries point to the first file's bytes
    assert refusal(bytes(aliased))


def test_two_names_for_one_member_are_refused(refusal):
    data = zipped(("layers.py", "x = 1"))
    assert "two different names" in refusal(data.replace(b"layers.py", b"notes.txt", 1))


@pytest.mark.parametrize("cut", [1, 10, 40, 200])
def test_cut_off_archive_is_refused(refusal, cut):
    assert refusal(zipped(*MEMBERS)[:-cut])


def test_damaged_content_is_refused(refusal):
    data = zipped(("layers.py", "x = 1234567"), method=zipfile.ZIP_STORED)
    assert "is damaged" in refusal(data.replace(b"1234567", b"1234568"))


def test_empty_upload_is_refused(refusal):
    assert "0 bytes" in refusal(b"")
    assert "nothing was handed in" in refusal(zipped())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rar", b"Rar!\x1a\x07"),
        ("a.7z", b"7z"),
        ("a.tar", b""),
        ("a.TAR.GZ", b"x"),
        ("a.tgz", b"x"),
        ("b.zip", b"Rar!\x1a"),
    ],
)
def test_other_archives_ask_for_a_zip(refusal, name, data):
    assert "please hand in a zip" in refusal(data, name)


def test_tar_inside_a_folder_asks_for_a_zip(hand_in):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("layers.py")
        info.type = tarfile.SYMTYPE
        archive.addfile(info)
    with pytest.raises(IntakeError, match="please hand in a zip"):
        read_submission(hand_in({"work.tar.gz": buffer.getvalue()}), "s", rules())


def test_time_of_a_member_comes_from_its_own_stamp(read):
    info = zipfile.ZipInfo("layers.py", (2024, 5, 6, 7, 8, 10))
    assert read(zipped((info, "x = 1"))).modified == time.mktime((2024, 5, 6, 7, 8, 10, 0, 0, -1))
    stamped = zipfile.ZipInfo("layers.py", (2024, 5, 6, 7, 8, 10))
    stamped.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_700_000_000)
    assert read(zipped((stamped, "x = 1"))).modified == 1_700_000_000
    assert read(zipped((zipfile.ZipInfo("layers.py"), "x = 1"))).modified is None


def test_invalid_date_is_no_obstacle(read):
    data = patched(zipped(("layers.py", "x = 1")), "layers.py", 12, b"\xff\xff\xff\xff", 10)
    assert read(data).files == {"layers.py": "x = 1"}


def test_zip_and_folder_agree_in_everything_but_kind(read, hand_in):
    files = {**ONE, "conftest.py": "x", "helper.py": "y = 1", "checks/test_public.py": "", "notes.txt": "z"}
    packed = read(zipped(*files.items()))
    unpacked = read_submission(hand_in(files, "folder"), "student-001", rules())
    assert (packed.files, packed.cells, packed.remarks) == (unpacked.files, unpacked.cells, unpacked.remarks)
