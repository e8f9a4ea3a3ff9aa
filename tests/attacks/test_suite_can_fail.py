"""The suite's own measures: each sees what it is there for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.quality.attacks import leftovers, load_attacks
from gradekit.quality.attacks.arena import Run
from gradekit.quality.attacks.catalogue import Attack
from gradekit.quality.attacks.hygiene import leaks, troubles
from gradekit.quality.attacks.suite import compare_honest, honest_handins, inspect_outputs, judge

CANARY = "canary-0123456789abcdef"
ATTACK = Attack("01-x", (1,), "tries", Path("x"), "01-x", "01-x", outcomes={"test_a": ("failed",)})
RESULT = {
    "status": "graded",
    "reason": "",
    "total": 0.0,
    "flags": [],
    "data": [],
    "checks": {"test_a": {"outcome": "failed"}},
}


def declared(folder: Path, **entries: object) -> Path:
    (folder / "01-x" / "hand-in").mkdir(parents=True)
    (folder / "01-x" / "attack.json").write_text(json.dumps(entries))
    return folder


def test_a_fate_as_declared_surprises_nobody():
    assert judge(ATTACK, RESULT).surprises == ()


@pytest.mark.parametrize(
    ("changed", "surprise"),
    [
        ({"total": 1.0}, "has 1 points, must have 0"),
        ({"status": "ungradable", "reason": "no"}, "is ungradable, must be graded"),
        ({"checks": {"test_a": {"outcome": "passed"}}}, "test_a is passed, must be failed"),
        ({"checks": {}}, "test_a is no such check, must be failed"),
        (
            {"checks": {"test_a": {"outcome": "failed"}, "test_b": {"outcome": "internal-error"}}},
            "broke the grader's own code in test_b",
        ),
        ({"flags": ["odd"]}, "is flagged: odd"),
    ],
)
def test_every_difference_is_a_surprise(changed, surprise):
    assert any(found.startswith(surprise) for found in judge(ATTACK, {**RESULT, **changed}).surprises)


def test_a_missing_record_is_a_surprise():
    assert judge(ATTACK, None).surprises == ("has no record",)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"does": "x", "outcomes": {"a": ["failed"]}}, "'rows' is missing"),
        ({"rows": [1], "does": "x"}, "must name at least one check"),
        ({"rows": [1], "does": "x", "outcomes": {"a": ["failed"]}, "points": 3}, "unknown entry 'points'"),
        ({"rows": [1], "does": "x", "outcomes": {"a": ["failed"]}, "hand_in": "other"}, "'other' is missing"),
        ({"rows": [1], "does": "x", "outcomes": {"a": ["failed"]}, "status": "lost"}, "'status' must be"),
    ],
)
def test_a_wrong_declaration_is_refused(tmp_path, entries, message):
    (tmp_path / "built").mkdir()
    with pytest.raises(CourseError, match=message):
        load_attacks(declared(tmp_path / "attacks", **entries), tmp_path / "built")


def test_a_course_without_attacks_says_so(tmp_path):
    with pytest.raises(CourseError, match="this course has no attacks"):
        load_attacks(tmp_path / "attacks", tmp_path)
    with pytest.raises(CourseError, match=r"honest\.json must be a list"):
        honest_handins(Course(tmp_path))


@pytest.mark.parametrize("form", [CANARY, CANARY[::-1], CANARY.encode().hex()])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_secret_is_found_in_every_form(form, place):
    import base64

    assert leaks("page", b"x" * place + form.encode(), [CANARY]) == ["page: holds a canary"]
    assert leaks("page", base64.b64encode(b"x" * place + CANARY.encode() + b"more"), [CANARY]) == [
        "page: holds a canary"
    ]
    assert leaks("page", b"canary-0123", [CANARY]) == []


@pytest.mark.parametrize(
    ("name", "data", "trouble"),
    [
        ("a.csv", b"student,total\r\n=HYPERLINK(1),3\r\n", "a formula"),
        ("a.csv", b"a\rb\r\n", "control characters"),
        ("printed", b"\x1b[2J", "control characters"),
        ("a.md", "user\u202e".encode(), "direction of writing"),
        ("a.md", b"text <script>alert(1)</script>", "raw HTML"),
        ("a.md", b"```\n::error::x\n```\n", "a workflow command"),
        ("printed", b"ok\n##vso[task.complete]\n", "a workflow command"),
        ("a.json", b"\xff", "is no UTF-8"),
    ],
)
def test_raw_text_is_seen(name, data, trouble):
    assert any(trouble in found for found in troubles(name, data))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"student,total\r\nstudent-001,-3.5\r\n"),
        ("a.md", b"```text\n<script>\n```\n`<b>` x[::2]\n"),
        ("printed", "student-ü ✓\n".encode()),
    ],
)
def test_escaped_text_is_no_trouble(name, data):
    assert troubles(name, data) == []


def run_with(folder: Path, page: bytes) -> Run:
    (folder / "feedback").mkdir(parents=True)
    (folder / "feedback" / "student-001.md").write_bytes(page)
    return Run(folder, {"printed.json": b"{}"})


def test_a_changed_honest_page_and_a_leak_are_harm(tmp_path):
    alone, together = run_with(tmp_path / "a", b"fine"), run_with(tmp_path / "b", CANARY.encode())
    assert compare_honest(alone, alone, ["student-001"]) == []
    assert compare_honest(alone, together, ["student-001"]) == [
        "changed by the presence of attackers: feedback/student-001.md"
    ]
    assert compare_honest(alone, alone, ["student-002"]) == ["student-002 has no record"]
    assert inspect_outputs(alone, [CANARY]) == []
    assert inspect_outputs(together, [CANARY]) == ["feedback/student-001.md: holds a canary"]
    (together.out / "link").symlink_to("/etc")
    assert "link: neither a file nor a folder" in inspect_outputs(together, [CANARY])


def test_a_daemon_that_was_left_behind_is_found_and_ended():
    leave = "import os, time\nif os.fork() == 0:\n    os.fork() or time.sleep(600)\n    os._exit(0)\nos.wait()"
    with leftovers.adopting_orphans():
        known = leftovers.children()
        subprocess.run([sys.executable, "-c", leave], check=True)
        found = leftovers.end_children(known)
        assert len(found) == 1
        assert found[0].startswith("process left: ")
        assert leftovers.end_children(known) == []


def test_files_and_changes_that_were_left_behind_are_found(tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "checks.py").write_text("x")
    marked = leftovers.SHARED_FOLDERS[0] / f"{leftovers.MARK}-test-{os.getpid()}"
    before = leftovers.take_snapshot([tree])
    assert leftovers.compare(before, leftovers.take_snapshot([tree]), frozenset()) == []
    time.sleep(0.01)
    os.utime(tree / "checks.py")
    marked.write_text("left")
    try:
        found = leftovers.compare(before, leftovers.take_snapshot([tree]), frozenset())
    finally:
        marked.unlink()
    assert found == [f"left in a shared folder: {marked}", "changed: tree/"]


def test_shared_memory_that_was_left_behind_is_found():
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    before = leftovers.take_snapshot([])
    segment = libc.shmget(0, 4096, 0o1600)
    assert segment >= 0
    try:
        found = leftovers.compare(before, leftovers.take_snapshot([]), frozenset({os.geteuid()}))
    finally:
        libc.shmctl(segment, 0, None)
    assert len(found) == 1
    assert found[0].startswith("shared memory, semaphores or queues left")


def test_the_list_of_attacks_names_every_one_with_what_it_must_get():
    corpus = Path(__file__).resolve().parents[2] / "autograder" / "corpus" / "attacks"
    listed = {
        line.split("`")[1]: line for line in (corpus / "README.md").read_text().splitlines() if line.startswith("| `")
    }
    declared = {path.parent.name: json.loads(path.read_text()) for path in corpus.glob("*/attack.json")}
    assert set(listed) == set(declared)
    assert all(entry["does"] in listed[name] for name, entry in declared.items())
