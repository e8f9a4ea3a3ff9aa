"""Bytes of a source file → text that a human sees as the interpreter reads it."""

from __future__ import annotations

import codecs
import re

from gradekit.intake.names import BIDI_CONTROLS, shown

# Encodings that editors write and in which every byte below 128 that can end a string or a comment means itself.
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig", "u8"), "utf-8"),
    **dict.fromkeys(("ascii", "us-ascii"), "ascii"),
    **dict.fromkeys(("latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-latin-1", "l1"), "latin-1"),
    **dict.fromkeys(("iso-8859-15", "iso8859-15", "latin-9", "latin9"), "iso-8859-15"),
    **dict.fromkeys(("cp1252", "windows-1252"), "cp1252"),
    **dict.fromkeys(("big5", "cp950"), "cp950"),
    **dict.fromkeys(("gb2312", "gbk", "cp936"), "gbk"),
    "gb18030": "gb18030",
    **dict.fromkeys(("shift-jis", "shift_jis", "sjis"), "shift_jis"),
    **dict.fromkeys(("cp932", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "euckr"), "euc-kr"),
}
# PEP 263, "Defining Python Source Code Encodings".
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[" + "".join(sorted(BIDI_CONTROLS)) + "]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z]")
# Cyrillic, Armenian, Cherokee, full-width and mathematical letters.
_LOOKALIKE = re.compile("[\u0400-\u04ff\u0530-\u058f\u13a0-\u13ff\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")


class UnusableFileError(Exception):
    """One file's text cannot be taken; the message completes "<file> …" and says how to mend it."""


def decode_source(data: bytes) -> str:
    """The text of a Python source file, without byte-order mark, with `\\n` as line end.

    UTF-8, or an encoding that a cookie in the first two lines declares and that is in common use. Raises
    `UnusableFileError` for everything that would show a human something else than what Python runs.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnusableFileError('is saved as UTF-16; save it as UTF-8 ("Save as…", encoding: UTF-8)')
    marked = data.startswith(codecs.BOM_UTF8)
    if marked:
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        raise UnusableFileError("contains NUL bytes, so it is not a text file or not saved as UTF-8; save it as UTF-8")
    encoding = _declared_encoding(data)
    if marked and encoding != "utf-8":
        raise UnusableFileError("has a UTF-8 mark but declares another encoding; delete the line with the declaration")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        raise UnusableFileError(f"is not valid {encoding.upper()} in line {line}; save it as UTF-8") from None
    text = normal_newlines(text)
    trouble = text_trouble(text)
    if trouble:
        raise UnusableFileError(trouble)
    return text


def normal_newlines(text: str) -> str:
    """`text` with the line ends of Windows and of the classic Mac turned into `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_trouble(text: str) -> str:
    """Why a human cannot trust what he sees of `text`, as the predicate of a sentence; "" when he can."""
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return (
            f"contains the control character U+{ord(found[0]):04X} in line {line}; delete it or write it as an escape"
        )
    found = _BIDI.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return (
            f"contains the direction control U+{ord(found[0]):04X} in line {line}, which shows code in another order "
            "than it runs; delete it (Arabic and Hebrew text need none)"
        )
    if any("\ud800" <= c <= "\udfff" for c in text):
        return "contains half of a surrogate pair, which is no character; delete it"
    return ""


def mixed_script_word(text: str) -> str:
    """The first word of `text` that mixes Latin letters with letters that look like them, "" when there is none."""
    if text.isascii():
        return ""
    mixed = (word for word in _WORD.findall(text) if _LOOKALIKE.search(word) and _LATIN.search(word))
    return shown(next(mixed, ""), 40)


def _declared_encoding(data: bytes) -> str:
    for line in re.split(rb"\r\n|\r|\n", data, maxsplit=2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie:
            return _accepted(cookie[1].decode("ascii", "replace"))
        if not _BLANK.match(line):
            break
    return "utf-8"


def _accepted(declared: str) -> str:
    name = declared.lower().replace("_", "-")
    name = re.sub(r"-(unix|dos|mac)$", "", name)  # what Emacs adds
    encoding = _ENCODINGS.get(name)
    if encoding is None:
        raise UnusableFileError(
            f'declares the encoding "{shown(declared, 40)}", which can hide code from a reader or is unknown; '
            "save it as UTF-8 and delete the declaration"
        )
    return encoding
