"""Whether a text that is shown to people or programs holds something of a submission that was not escaped."""

from __future__ import annotations

import base64
import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from markdown_it import MarkdownIt

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f")
_COMMAND = re.compile(r"^\s*(::[\w-]+(\s[^:]*)?::|##(vso)?\[)", re.MULTILINE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV = (".csv", ".nbgrader")  # what a format of reports prints bears its name
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def troubles(name: str, data: bytes) -> list[str]:
    """Return a sentence for every kind of raw text in a file called ``name`` (by its ending) or printed (no ending)."""
    ending = Path(name).suffix
    # lines of CSV end so (RFC 4180)
    text = (
        data.replace(b"\r\n", b"\n").decode("utf-8", "replace") if ending in _CSV else data.decode("utf-8", "replace")
    )
    found = []
    if "\ufffd" in text and b"\xef\xbf\xbd" not in data:
        found.append(f"{name}: is no UTF-8")
    if controls := {c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"}:
        found.append(f"{name}: control characters {sorted(map(ascii, controls))}")
    if BIDI & set(text):
        found.append(f"{name}: characters that turn the direction of writing")
    if any(unicodedata.category(c) == "Cs" for c in text):
        found.append(f"{name}: half of a surrogate pair")
    if ending == ".md":
        found += [f"{name}: raw HTML {fragment[:40]!r}" for fragment in _html_in_markdown(text)]
    if ending in _CSV:
        cells = (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
        found += [
            f"{name}: a formula {cell[:40]!r}"
            for cell in cells
            if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
        ]
    if not ending or ending == ".md":
        found += [f"{name}: a workflow command {match.group()!r}" for match in _COMMAND.finditer(text)]
    return found


def leaks(name: str, data: bytes, secrets: Iterable[str]) -> list[str]:
    """Return a sentence for every secret that ``data`` holds, plain, reversed, in hexadecimal digits or base 64."""
    found = []
    for secret in secrets:
        raw = secret.encode()
        # base 64 depends on the position in its group of three bytes
        shifted = [base64.b64encode(b"\0" * shift + raw)[4:-4] for shift in range(3)]
        forms = [raw, raw[::-1], raw.hex().encode(), *shifted]
        if any(form in data for form in forms):
            found.append(f"{name}: holds a canary")
    return found


def _html_in_markdown(text: str) -> list[str]:
    """Return what a renderer of CommonMark would hand on to the browser as HTML; code is shown, not handed on."""
    tokens = MarkdownIt("commonmark").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    return [token.content for token in (*tokens, *inline) if token.type in ("html_block", "html_inline")]
