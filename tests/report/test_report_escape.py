"""Nothing that a submission can write is taken for more than text, wherever it is shown."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gradekit.report import escape

WORD_JOINER = "\u2060"
FRAGMENTS = [
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x1bP",
    "\x9b2J",
    "\x9d",
    "\x07",
    "\b",
    "\r",
    "\n",
    "\r\n",
    "\u2028",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\U000e0041",
    "\ud800",
    "e" + "\u0301" * 50,
    "李",
    "`",
    "``",
    "```",
    "~~~",
    "\\",
    "*",
    "**",
    "_",
    "__",
    "[x](javascript:alert(1))",
    "![x](http://x)",
    "[x]: http://x",
    "[^1]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<http://x>",
    "<x@y.zz>",
    "&lt;",
    "&#60;",
    "&",
    "http://example.org/x",
    "https://example.org",
    "www.example.org",
    "ftp://x.org",
    "mailto:x@y.zz",
    "x@example.org",
    "@someone",
    "#12",
    "# ",
    "> ",
    "- ",
    "+ ",
    "1. ",
    "1) ",
    "=",
    "===",
    "---",
    "|",
    "|---|",
    "$x$",
    "$$",
    "    ",
    "\t",
    "::error::",
    "::set-output name=x::y",
    "##vso[task]",
    "##[error]",
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    ";=1",
    "'",
    '"',
    ",",
    "\uff1d1",
    "a",
    " ",
]
HOSTILE = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(st.characters(exclude_categories=()), max_size=5), max_size=8
).map("".join)
PAIRED = HOSTILE.map(lambda text: re.sub("[\ud800-\udfff]", "", text))
DANGEROUS_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ALLOWED = {"\u200c", "\u200d", WORD_JOINER}

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def is_harmless(text: str, keep: str = "") -> bool:
    return all(
        unicodedata.category(character) not in DANGEROUS_CATEGORIES or character in ALLOWED or character in keep
        for character in text
    )


def inline_tokens(source: str) -> list[tuple[str, str]]:
    """(type, content) of every token, inline ones included."""
    found = []
    for token in RENDERER.parse(source):
        for piece in token.children or [token]:
            found.append((piece.type, piece.content))
    return found


@given(HOSTILE)
def test_one_line_for_the_terminal_has_no_control_characters(text):
    shown = escape.terminal(text)
    assert is_harmless(shown)
    assert "\n" not in shown


@given(HOSTILE)
def test_lines_keep_only_line_ends_and_tabs(text):
    assert is_harmless(escape.plain_lines(text), keep="\n\t")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b2Jb", "ab"),
        ("a\x1b]never closed", "anever closed"),
        ("a\x1bcb", "ab"),
        ("one\ntwo\tthree", "one two three"),
        ("\u202egpj.exe", "gpj.exe"),
        ("李小龙 Müller", "李小龙 Müller"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\ud800", "\ufffd"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 6),
        ("\x1b" * 3, ""),
    ],
)
def test_sequences_are_taken_out_whole_and_letters_kept(text, shown):
    assert escape.terminal(text) == shown


def test_a_long_run_of_openings_is_cleaned_in_linear_time():
    assert escape.terminal(("\x9d" + "\x1b]") * 100_000) == ""


@given(HOSTILE)
@example("`<b>`")
@example("`a|b`")
@example("``x`y`")
@example("\\`x`")
def test_markdown_renders_as_text_and_code_only(text):
    tokens = inline_tokens(escape.markdown(text))
    assert {kind for kind, _ in tokens} <= {"paragraph_open", "text", "text_special", "code_inline", "paragraph_close"}
    seen = "".join(content for _, content in tokens).replace(WORD_JOINER, "")
    # Backticks around code, and blanks beside them, are the one thing that rendering takes away.
    assert re.sub("[` ]", "", seen) == re.sub("[` ]", "", escape.plain(text))


@given(HOSTILE)
def test_markdown_stays_in_its_table_cell(text):
    tokens = RENDERER.parse(f"| a | b |\n|---|---|\n| {escape.markdown(text)} | end |\n")
    cells = [following.content for token, following in pairwise(tokens) if token.type == "td_open"]
    assert len(cells) == 2
    assert cells[1] == "end"
    assert {token.type for token in tokens} <= {
        *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
        *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "inline"),
    }


@given(HOSTILE)
def test_markdown_holds_nothing_that_a_web_site_would_link(text):
    shown = escape.markdown(text)
    outside_code = "".join(content for kind, content in inline_tokens(shown) if kind != "code_inline")
    assert not re.search(r"@\w|#\w|://|www\.|mailto:", outside_code)


@given(HOSTILE)
def test_a_fence_cannot_be_closed_by_its_content(text):
    tokens = RENDERER.parse(f"before\n\n{escape.markdown_fence(text)}\n\nafter\n")
    assert [token.type for token in tokens] == [
        *("paragraph_open", "inline", "paragraph_close"),
        "fence",
        *("paragraph_open", "inline", "paragraph_close"),
    ]
    # \u2060 is what parts the first characters of a workflow command
    assert tokens[3].content.replace("\u2060", "").rstrip("\n") == escape.plain_lines(text).rstrip("\n")


@given(HOSTILE)
def test_no_line_of_a_fence_commands_a_runner(text):
    for line in escape.markdown_fence("::error::x\n" + text + "\n##vso[task]\n ##[error]").splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line


@given(HOSTILE)
def test_inline_code_is_one_token_with_the_text(text):
    tokens = [token for token in inline_tokens(f"x {escape.markdown_code(text)} y") if token[0] != "text"]
    kinds = [kind for kind, _ in tokens]
    assert kinds == ["paragraph_open", "code_inline", "paragraph_close"]
    assert tokens[1][1].strip() == escape.plain(text)


@given(HOSTILE)
def test_html_holds_no_tag_and_reads_as_the_text(text):
    class Reader(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []
            self.text = ""

        def handle_starttag(self, tag, attrs):
            self.tags.append(f"{tag} {attrs}")

        def handle_data(self, data):
            self.text += data

    shown = escape.html(text)
    reader = Reader()
    reader.feed(f'<p title="{shown}">{shown}</p>')
    reader.close()
    assert len(reader.tags) == 1
    assert reader.text == escape.plain_lines(text)
    assert not re.search("[<>\"']", shown)


@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_csv_is_read_back_cell_by_cell_and_holds_no_formula(texts):
    cells = [escape.csv_cell(text) for text in texts]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    (row,) = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    assert row == cells
    for cell, text in zip(cells, texts, strict=True):
        assert is_harmless(cell)
        assert cell.replace("'", "") == escape.plain(text).replace("'", "")
        for field in cell.split(";"):  # where a spreadsheet splits at semicolons
            assert field.lstrip()[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+49 1", "'+49 1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("a;=1", "a;'=1"),
        ("plain-text = fine", "plain-text = fine"),
    ],
)
def test_a_formula_is_marked_as_text(text, cell):
    assert escape.csv_cell(text) == cell


@given(HOSTILE)
def test_a_log_line_holds_no_command(text):
    shown = escape.workflow_log(text)
    assert is_harmless(shown)
    assert "::" not in shown
    assert "##" not in shown
    assert shown.replace(WORD_JOINER, "") == escape.plain(text)


@given(HOSTILE)
def test_a_value_in_a_workflow_command_is_decoded_to_the_text(text):
    encoded = escape.workflow_value(text)
    assert not set(encoded) & set("\r\n:,")
    decoded = encoded.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")
    assert decoded == escape.plain_lines(text)


@given(st.lists(PAIRED, max_size=3) | st.dictionaries(PAIRED, PAIRED, max_size=3))
def test_json_is_ascii_without_markup_and_read_back(value):
    text = escape.json_text(value)
    assert text.isascii()
    assert is_harmless(text, keep="\n")
    assert not set(text) & set("<>&")
    assert json.loads(text) == value


def test_json_holds_no_half_of_a_surrogate_pair():
    assert json.loads(escape.json_text({"a": ["\ud800b", "\U0001f600"]})) == {"a": ["\ufffdb", "\U0001f600"]}
