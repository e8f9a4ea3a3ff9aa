"""The hand-out in two languages: the same sections, with the same numbers, formulas, code and tables in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = (ROOT / "assignment" / name for name in ("README.md", "README.zh-TW.md"))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
DISPLAY = re.compile(r"^\$\$.*?\$\$$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
MATH = re.compile(r"(?<!\$)\$(?!\$)([^$\n]+)\$(?!\$)")
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e-?\d+)?")
CJK = re.compile(r"[\u4e00-\u9fff]")


def sections(path: Path) -> dict[str, str]:
    """Name -> text of every section of a released hand-out."""
    _, *found = re.split(r'^<a id="([a-z-]+)"></a>$', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def words(text: str) -> str:
    """The text without code and formulas."""
    for kind in (FENCE, DISPLAY, CODE, MATH):
        text = kind.sub(" ", text)
    return text


CARRIED: dict[str, Callable[[str], object]] = {
    "code blocks": FENCE.findall,
    "displayed formulas": DISPLAY.findall,
    "formulas": lambda text: Counter(MATH.findall(DISPLAY.sub("", text))),
    "code words": lambda text: set(CODE.findall(FENCE.sub("", text))),
    "numbers": lambda text: Counter(NUMBER.findall(words(text))),
    "rows of tables": lambda text: sum(line.startswith("|") for line in text.splitlines()),
    "items of lists": lambda text: len(re.findall(r"^ *(?:-|\d\.) ", text, re.MULTILINE)),
}


def test_both_have_the_same_sections_in_the_same_order():
    assert list(sections(ENGLISH)) == list(sections(CHINESE))
    assert len(sections(ENGLISH)) >= 10


@pytest.mark.parametrize("carried", CARRIED)
@pytest.mark.parametrize("section", sections(ENGLISH))
def test_every_section_carries_the_same(section, carried):
    pick = CARRIED[carried]
    assert pick(sections(ENGLISH)[section]) == pick(sections(CHINESE)[section])


@pytest.mark.parametrize("section", sections(CHINESE))
def test_every_section_is_in_its_language(section):
    assert len(CJK.findall(sections(CHINESE)[section])) > 20
    assert not CJK.search(sections(ENGLISH)[section])
