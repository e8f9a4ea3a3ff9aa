"""Fuzzing of intake: whatever comes in, only a submission or the declared refusal comes out, within the caps."""

from __future__ import annotations

import json
import random
import tempfile
import tracemalloc
import unicodedata
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from intake_samples import FILLED, FUZZ, NAMES, STUBS, notebook_bytes, rules, zipped

from gradekit.errors import IntakeError
from gradekit.intake import Submission, student_id
from gradekit.intake.archive import open_archive
from gradekit.intake.choosing import choose
from gradekit.intake.magics import neutralise
from gradekit.intake.names import escaped, member_parts, shown, twin_key
from gradekit.intake.notebook import code_cells
from gradekit.intake.text import UnusableFileError, decode_source, text_trouble
from gradekit.rubric import IntakeLimits

LIMITS = IntakeLimits(file_bytes=4_096, notebook_bytes=50_000, archive_bytes=100_000, entries=50, ratio=50, depth=4)
RULES = rules(file_bytes=4_096, notebook_bytes=50_000, archive_bytes=100_000, entries=50, ratio=50, depth=4)
MOST_MEMORY = 4_000_000

ARCHIVES = [
    zipped(*STUBS.items()),
    zipped(("a/layers.py", "x = 1\n" * 100), ("a/notes.txt", b"\xff" * 50), method=0),
    zipped(("backprop.ipynb", FILLED), ("assignment/layers.py", STUBS["layers.py"])),
    zipped(("hand-in.zip", zipped(("layers.py", "x = 1")))),
    zipped(("layers.py", bytes(90_000)), ("activations.py", "")),
]
INTERESTING = [
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"../",
    b"/",
    b"\\",
]


def demand_sound(submission: Submission) -> None:
    assert len(submission.digest) == 64
    assert submission.files or submission.cells or submission.unusable
    for text in (*submission.files.values(), *submission.cells):
        assert text_trouble(text) == "" and "\r" not in text
    assert all(len(text.encode()) <= 4 * LIMITS.file_bytes for text in submission.files.values())
    assert all(remark.isprintable() for remark in (*submission.remarks, *submission.unusable.values()))
    assert {name for name in submission.files if name not in NAMES} <= {
        n for n in submission.files if n.endswith(".py")
    }


def demand_one_line(error: IntakeError) -> None:
    assert str(error).isprintable() and ";" in str(error) and len(str(error)) < 600


def mutated(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(changed) + 1)
        piece = draw.choice(INTERESTING) if draw.random() < 0.5 else draw.randbytes(draw.randint(1, 4))
        action = draw.randrange(4)
        if action == 0:
            changed[at : at + len(piece)] = piece
        elif action == 1:
            changed[at:at] = piece
        elif action == 2:
            del changed[at : at + draw.randint(1, 30)]
        else:
            start = draw.randrange(len(changed) + 1)
            changed[at:at] = changed[start : start + draw.randint(1, 80)]
    return bytes(changed)


def take_archive(data: bytes) -> None:
    tracemalloc.start()
    try:
        demand_sound(choose(open_archive(data, "upload.zip", LIMITS), "s", "zip", RULES))
    except IntakeError as error:
        demand_one_line(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MOST_MEMORY


@FUZZ
@given(st.sampled_from(ARCHIVES), st.integers(0, 2**64))
def test_fuzz_mutated_archives(data, seed):
    take_archive(mutated(data, random.Random(seed)))  # noqa: S311


@FUZZ
@given(st.binary(max_size=400))
@example(b"PK\x05\x06" + bytes(18))
def test_fuzz_bytes_as_archive(data):
    take_archive(data)


@FUZZ
@given(
    st.lists(
        st.tuples(
            st.text("ab./\\:Lly\x01\u0301 ", min_size=1, max_size=9)
            | st.sampled_from([*NAMES, "A/layers.py", "Layers.py"]),
            st.binary(max_size=40) | st.sampled_from([FILLED, b"x = 1", zipped(("layers.py", ""))]),
        ),
        max_size=6,
        unique_by=lambda member: member[0],
    )
)
def test_fuzz_member_names(members):
    take_archive(zipped(*members))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw", 3])},
    optional={
        "source": st.text() | st.lists(st.text(), max_size=3) | JSON,
        "outputs": JSON,
        "metadata": JSON,
        "input": JSON,
    },
)
NOTEBOOK = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([3, 4, 4, 4, "4", None])},
    optional={
        "cells": st.lists(CELL | JSON, max_size=5) | JSON,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELL, max_size=3)}) | JSON, max_size=3) | JSON,
        "metadata": st.dictionaries(st.sampled_from(["kernelspec", "language_info"]), JSON) | JSON,
    },
)


def take_notebook(data: bytes) -> None:
    try:
        cells, remarks = code_cells(data, "backprop.ipynb", LIMITS)
    except IntakeError as error:
        demand_one_line(error)
        return
    assert all(cell.strip() and text_trouble(cell) == "" for cell in cells)
    assert all(remark.isprintable() for remark in remarks)


@FUZZ
@given(NOTEBOOK | JSON, st.booleans())
def test_fuzz_notebook_structure(notebook, ascii_only):
    take_notebook(json.dumps(notebook, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.integers(0, 2**64))
def test_fuzz_mutated_notebooks(seed):
    take_notebook(mutated(notebook_bytes("%time\nx = 1", ["y = [\n", "!ls]"]), random.Random(seed)))  # noqa: S311


@FUZZ
@given(st.text("ab%!?='\"\\\n #()[] x,.\t", max_size=120))
def test_fuzz_magics_keep_lines_and_settle(cell):
    plain = neutralise(cell)
    assert plain == "" or plain.count("\n") == cell.count("\n")
    assert len(plain) <= len(cell) + 4 * (cell.count("\n") + 1)


@FUZZ
@given(
    st.binary(max_size=200)
    | st.builds(
        lambda cookie, text: f"# coding: {cookie}\n{text}".encode("utf-8", "surrogatepass"),
        st.sampled_from(["utf-8", "gbk", "big5", "shift_jis", "euc-kr", "utf-7", "latin-1", "rot13"])
        | st.text(max_size=10),
        st.text(),
    )
)
def test_fuzz_source_bytes(data):
    try:
        text = decode_source(data)
    except UnusableFileError as trouble:
        assert str(trouble).isprintable() and ";" in str(trouble)
    else:
        assert text_trouble(text) == "" and "\r" not in text and "\0" not in text
        text.encode("utf-8")
        assert len(text) <= len(data)


@FUZZ
@given(st.text(max_size=30) | st.text("aA\u0301\u0344\u200d\u202e./\\- \n\udcff", max_size=8))
def test_fuzz_student_ids(name):
    try:
        student = student_id(name)
    except IntakeError as error:
        demand_one_line(error)
        return
    assert student_id(student) == student
    assert unicodedata.is_normalized("NFC", student) and student == student.strip()
    assert not set(student) & set("/\\\n\r\0") and student[0] not in "-."
    student.encode("utf-8")
    assert twin_key(student) == twin_key(student_id(unicodedata.normalize("NFD", name)))


@FUZZ
@given(st.text(max_size=60), st.text(max_size=60))
def test_fuzz_shown_names_are_safe_and_escapes_tell_apart(one, two):
    assert shown(one).isprintable() and len(shown(one)) <= 80
    assert escaped(one).isprintable()
    assert (escaped(one) == escaped(two)) == (one == two)


@FUZZ
@given(st.text("ab./\\:\x00\n", max_size=12))
def test_fuzz_member_paths_stay_inside(name):
    try:
        parts = member_parts(name)
    except IntakeError as error:
        demand_one_line(error)
        return
    root = Path(tempfile.gettempdir()).resolve()
    assert root in [root.joinpath(*parts), *root.joinpath(*parts).parents]
    assert ".." not in parts and "" not in parts
