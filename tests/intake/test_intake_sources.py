"""Source text: honest oddities of editors are read, what hides code from a reader costs that one file."""

from __future__ import annotations

import codecs
import time

import pytest
from intake_samples import rules

from gradekit.intake import read_submission
from gradekit.intake.text import UnusableFileError, decode_source, mixed_script_word


def trouble(data: bytes) -> str:
    with pytest.raises(UnusableFileError) as caught:
        decode_source(data)
    message = str(caught.value)
    assert "\n" not in message and message.isprintable()
    return message


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"x = 1", "x = 1"),
        (b"x = 1\r\ny = 2\r\n", "x = 1\ny = 2\n"),
        (b"x = 1\ry = 2\r", "x = 1\ny = 2\n"),
        (b"if x:\n\ty = 2\x0c\n", "if x:\n\ty = 2\x0c\n"),
        (codecs.BOM_UTF8 + b"x = 1", "x = 1"),
        (codecs.BOM_UTF8 + b"# coding: utf-8\nx = 1", "# coding: utf-8\nx = 1"),
        ("# 中文注释 – שלום\nσ = 1".encode(), "# 中文注释 – שלום\nσ = 1"),
        ("# -*- coding: gbk -*-\n# 中文".encode("gbk"), "# -*- coding: gbk -*-\n# 中文"),
        ("#!/usr/bin/python\n# vim: set fileencoding=big5 :\n# 中文".encode("big5"), None),
        ("# coding: shift_jis\n# 日本".encode("shift_jis"), "# coding: shift_jis\n# 日本"),
        ("# coding: euc-kr\n# 한국".encode("euc-kr"), "# coding: euc-kr\n# 한국"),
        ("# coding: gb18030\n# 中".encode("gb18030"), "# coding: gb18030\n# 中"),
        (b"# coding: Latin_1-unix\n# \xe9", "# coding: Latin_1-unix\n# é"),
        (b"# coding: cp1252\n# \x80", "# coding: cp1252\n# €"),
        (b"# coding: iso-8859-15\n# \xa4", "# coding: iso-8859-15\n# €"),
        (b"x = 1\n\n# coding: utf-7\n", "x = 1\n\n# coding: utf-7\n"),
        (b"x = 1\n# coding: utf-7\n", "x = 1\n# coding: utf-7\n"),
    ],
)
def test_what_editors_write_is_read(data, text):
    decoded = decode_source(data)
    assert decoded == text if text is not None else decoded.endswith("# 中文")


@pytest.mark.parametrize(
    "encoding",
    "utf-7 utf_7 rot13 rot_13 idna punycode unicode_escape raw_unicode_escape unicode-escape hex base64 zip bz2 uu "
    "iso2022_jp hz utf-16 utf-32 utf-8-evil mbcs undefined cp037 no-such-thing".split(),
)
def test_encodings_that_hide_code_are_named(encoding):
    for data in (f"# coding: {encoding}\nx = 1", f"#!/bin/sh\n#  -*- coding={encoding} -*-\n", f"\r#coding:{encoding}"):
        assert f'declares the encoding "{encoding}"' in trouble(data.encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("x = 1".encode("utf-16"), "UTF-16; save it as UTF-8"),
        (codecs.BOM_UTF16_BE + b"\0x", "UTF-16"),
        ("x".encode("utf-32"), "UTF-16"),
        ("x = 1".encode("utf-16-le"), "NUL bytes"),
        (b"x = 1\0import os", "NUL bytes"),
        (b"x = 1\n# \xd6\xd0\n", "not valid UTF-8 in line 2; save it as UTF-8"),
        (b"x\r\ny\rz\n\xff", "in line 4"),
        (b"# coding: ascii\n\xc3", "not valid ASCII in line 2"),
        (b"\xed\xa0\x80", "not valid UTF-8"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "another encoding"),
        (b"x = 1\n\x1b[2J", "control character U+001B in line 2"),
        (b"x = '\x08'", "U+0008"),
        (b"\x0b", "U+000B"),
        (b"\x7f", "U+007F"),
        ("\u0085".encode(), "U+0085"),
        ("# coding: latin-1\n\x85".encode("latin-1"), "U+0085"),
        ("a\n# \u202e } \u2066if".encode(), "direction control U+202E in line 2"),
        ("# \u2069".encode(), "U+2069"),
    ],
)
def test_what_deceives_a_reader_is_named(data, said):
    assert said in trouble(data)


def test_unusable_file_costs_nothing_but_itself(hand_in):
    path = hand_in({"activations.py": "a = 1", "layers.py": b"# coding: utf-7\nx = 1"})
    submission = read_submission(path, "s", rules())
    assert submission.files == {"activations.py": "a = 1"}
    assert list(submission.unusable) == ["layers.py"]
    assert submission.unusable["layers.py"].startswith('layers.py declares the encoding "utf-7"')


def test_mixed_alphabets_earn_a_remark_and_nothing_worse(hand_in):
    submission = read_submission(hand_in({"layers.py": "p\u0430ssed = 1"}), "s", rules())
    assert "layers.py" in submission.files
    assert submission.remarks == (
        'layers.py mixes alphabets in the word "p\u0430ssed"; its letters may not be what they look like',
    )
    assert mixed_script_word("# градиент and 中文 with σ_prime") == ""


def test_honest_code_that_looks_hostile_is_kept(hand_in):
    text = "# eval(os.system('rm')) would be wrong here\nNOTE = 'import socket; __subclasses__; =HYPERLINK()'\n"
    submission = read_submission(hand_in({"layers.py": text}), "s", rules())
    assert submission.files == {"layers.py": text} and not submission.remarks and not submission.unusable


@pytest.mark.parametrize("piece", ["a", "\u0430", "coding", "#coding ", "\r", " ", "é", "a\u0430 "])
def test_decoding_takes_linear_time(piece):
    text = "# " + piece * (60_000 // len(piece))
    started = time.process_time()
    decoded = decode_source(text.encode())
    mixed_script_word(decoded)
    assert time.process_time() - started < 0.5
    assert len(decoded) == len(text)
