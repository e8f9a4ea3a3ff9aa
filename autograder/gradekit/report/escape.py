"""Text of a submission made harmless for the place where it is shown; every output goes through here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import escape as _html_escape
from typing import Any

# Control sequences are taken out whole, so that no "[31m" is left of them: OSC, DCS, SOS, PM and APC with what they
# carry, CSI, and the two-character escapes.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji need them, and they reorder nothing
_MAX_MARKS = 6  # combining marks on one letter; a hundred of them cover the lines above and below
_WORD_JOINER = "\u2060"  # invisible, no break: parts what a web site would turn into a mention or a reference

_MARKDOWN_CODE = re.compile(r"(?<!`)`([^`|]*[^`|\s][^`|]*)`(?!`)")  # a bar would end a table cell
_MARKDOWN_ALWAYS = re.compile(r"[\\`*\[\]|~$]")
_MARKDOWN_UNDERSCORE = re.compile(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)([#>=+-]|:(?=\s|-)|\d{1,9}(?=[.)]))")
# What sites turn into a link, a mention or a reference although no Markdown asks for it.
_MARKDOWN_REFERENCE = re.compile(r"@|#(?=\w)|:(?=//)|www(?=\.)|mailto(?=:)|xmpp(?=:)", re.IGNORECASE)
# The first character of what CI runners take for a command, in a text of several lines.
_COMMAND_START = re.compile(r"^\s*:(?=:)|#(?=#(?:vso)?\[)", re.MULTILINE)
_FORMULA_IN_HTML = re.compile(r"(?:^|;)[^\S\n]*(?:[=+\-@\uff1d\uff0b\uff0d\uff20][^\S\n]*)+", re.MULTILINE)
_FORMULA_MARK = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")
_FORMULA_START = re.compile(r"(^|;)(\s*)([=+\-@\uff1d\uff0b\uff0d\uff20])")


def plain(text: str) -> str:
    """`text` on one line, without control characters, escape sequences, or characters that reorder or hide text."""
    return " ".join("".join(_visible(_SEQUENCES.sub("", text), keep="")).split())


def plain_lines(text: str) -> str:
    """As `plain`, but line ends and tabs stay."""
    text = _SEQUENCES.sub("", text.replace("\r\n", "\n"))
    return "".join(_visible(text.replace("\r", "\n"), keep="\n\t"))


terminal = plain
"""Text for a terminal or a log that a person reads."""


def markdown(text: str) -> str:
    """One line of Markdown prose that renders as `text`: no HTML, link, image, emphasis, mention or list item.

    Words between single backticks become code, nothing else is left of Markdown. Safe in CommonMark and GitHub's
    dialect, also inside a table cell.
    """
    pieces = _MARKDOWN_CODE.split(plain(text))  # prose, code, prose, code, ..., prose
    shown = "".join(markdown_code(piece) if index % 2 else _prose(piece) for index, piece in enumerate(pieces))
    return _MARKDOWN_LINE_START.sub(_escape_line_start, shown)


def _prose(text: str) -> str:
    text = _MARKDOWN_ALWAYS.sub(r"\\\g<0>", text)
    text = _MARKDOWN_UNDERSCORE.sub(r"\\_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKDOWN_REFERENCE.sub(rf"\g<0>{_WORD_JOINER}", text)


def markdown_code(text: str) -> str:
    """A code span with `text` on one line; its delimiters are longer than any run of backticks inside."""
    text = plain(text)
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def markdown_fence(text: str) -> str:
    """A fenced code block with `text`, which cannot close it, nor command a CI runner when the page is printed in a log."""
    text = _COMMAND_START.sub(rf"\g<0>{_WORD_JOINER}", plain_lines(text).rstrip("\n"))
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def html(text: str) -> str:
    """`text` for HTML content or a quoted attribute."""
    return _html_escape(plain_lines(text), quote=True)


def csv_cell(text: str) -> str:
    """One cell of a table that no spreadsheet takes for a formula, whichever of `,` `;` it splits at (CWE-1236)."""
    return _FORMULA_START.sub(r"\1\2'\3", plain(text))


def csv_html(text: str) -> str:
    """HTML as one cell of a table: it looks the same, and is neither a formula nor an escape to whoever splits the cells.

    PHP takes a backslash before a quote for an escape, and would read on into the next cell.
    """
    whole = plain_lines(text).replace("\\", "&#92;")
    return _FORMULA_IN_HTML.sub(lambda match: _FORMULA_MARK.sub(lambda mark: f"&#{ord(mark[0])};", match[0]), whole)


def workflow_log(text: str) -> str:
    """One line of a CI log that no runner takes for a command (`::set-output::`, `##[…]`, `##vso[…]`)."""
    return re.sub(r"#(?=#)|:(?=:)", rf"\g<0>{_WORD_JOINER}", plain(text))


def workflow_value(text: str) -> str:
    """A value inside a GitHub workflow command that the kit itself writes, percent-encoded as the runner decodes it."""
    encoded = plain_lines(text).replace("%", "%25").replace("\n", "%0A")
    return encoded.replace(":", "%3A").replace(",", "%2C")


def workflow_message(text: str) -> str:
    """The message of a GitHub workflow command, where the runner decodes less than in its values."""
    return plain_lines(text).replace("%", "%25").replace("\n", "%0A")


def json_text(value: Any) -> str:
    """`value` as ASCII JSON that is also harmless inside a script element or a terminal."""
    text = json.dumps(_whole(value), indent=1, allow_nan=False)
    for character in "<>&\x7f":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _whole(value: Any) -> Any:
    """`value` with half surrogate pairs replaced, which other readers of JSON refuse."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {_whole(key): _whole(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(entry) for entry in value]
    return value


def _visible(text: str, keep: str) -> Iterator[str]:
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Zl", "Zp") or (character in "\t\n\r\x0b\x0c\x85" and character not in keep):
            yield " "
        elif category == "Cs":
            yield "\ufffd"
        elif character in keep or character in _JOINERS or (category not in ("Cc", "Cf") and marks <= _MAX_MARKS):
            yield character


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _escape_line_start(match: re.Match[str]) -> str:
    indent, mark = match.groups()
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
