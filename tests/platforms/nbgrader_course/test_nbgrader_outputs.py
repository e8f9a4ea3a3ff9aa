"""What of a hand-in's outputs an assistant's browser gets to see."""

from __future__ import annotations

import base64
import json

import pytest
from bs4 import BeautifulSoup
from nbconvert.filters import markdown2html
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from gradekit.platforms.nbgrader.harmless import (
    MOST_OUTPUTS,
    MOST_TEXT,
    joined,
    kept_attachments,
    kept_outputs,
    markdown_text,
    raw_text,
)
from gradekit.platforms.nbgrader.notebook import Shown, assemble

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(20)).decode()
JPEG = base64.b64encode(b"\xff\xd8\xff" + bytes(20)).decode()


def display(**data: object) -> dict[str, object]:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def test_pictures_stay_and_markup_beside_them_goes():
    kept = kept_outputs([display(**{"image/png": PNG, "text/html": "<script>", "image/svg+xml": "<svg onload=x>"})])
    assert [dict(output.data) for output in kept] == [{"image/png": PNG}]


@pytest.mark.parametrize("data", [JPEG, "no base64 at all", base64.b64encode(b"<svg onload=x>").decode(), 7, None])
def test_what_only_says_that_it_is_a_png_goes(data: object):
    assert kept_outputs([display(**{"image/png": data})]) == []


def test_text_stays_without_its_control_characters():
    stream = {"output_type": "stream", "name": "stderr", "text": ["epoch 1\n", "\x1b[31mred\x1b[0m\x00\n"]}
    error = {"output_type": "error", "ename": "ValueError", "evalue": "<b>", "traceback": ["<script>"]}
    plain = display(**{"text/plain": "array([1])"})
    assert [output.text for output in kept_outputs([stream, error, plain])] == [
        "epoch 1\nred\n",
        "ValueError: <b>\n",
        "array([1])\n",
    ]


@pytest.mark.parametrize("outputs", [None, "text", {"a": 1}, [1, None, "x"], [{"output_type": "update"}]])
def test_outputs_of_a_damaged_notebook_are_none(outputs: object):
    assert kept_outputs(outputs) == []


def test_floods_are_cut():
    flood = {"output_type": "stream", "name": "stdout", "text": "x" * (2 * MOST_TEXT)}
    kept = kept_outputs([flood] * (2 * MOST_OUTPUTS))
    assert len(kept) == MOST_OUTPUTS
    assert len(kept[0].text) == MOST_TEXT + 2


def test_attached_pictures_stay_by_name():
    attached = {"plot.png": {"image/png": PNG, "text/html": "<script>"}, "page.svg": {"image/svg+xml": "<svg>"}, "x": 3}
    assert kept_attachments(attached) == {"plot.png": {"image/png": PNG}}
    assert kept_attachments(["plot.png"]) == {}


def test_half_surrogates_do_not_reach_a_file():
    assert joined("\ud800x") == "\ufffdx"
    assert joined(["a", 3]) == ""


HOSTILE = (
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<!-- <b> --><iframe src=//x></iframe>",
    "<svg/onload=alert(1)>",
    "[go](javascript:alert(1))",
    "[go]( \tJaVaScRiPt:alert(1))",
    "[go](<javascript:alert(1)>)",
    "[go](&#106;avascript:alert(1))",
    "[go](java&Tab;script:alert(1))",
    "[go](\\javascript:alert(1))",
    "![go](data:text/html;base64,PHNjcmlwdD4=)",
    "[go][1]\n\n[1]: javascript:alert(1)",
    "[go][1]\n\n[1]:\n  <javascript:alert(1)>",
    "<javascript:alert(1)>",
    "[a](b <script>alert(1)</script>)",
    "x\n\n<div\nonclick=alert(1)>y</div>",
    "`code` <b onclick=alert(1)>`</b>",
    "$x<y$ <a href=javascript:alert(1)>go</a>",
    "![gone](attachment:x)",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shown", [markdown_text, raw_text])
def test_markdown_of_students_runs_nothing_on_nbgraders_pages(shown, text: str):
    page = BeautifulSoup(markdown2html(shown(text)), "html.parser")
    assert not page.find_all(["script", "iframe", "svg", "b", "img", "div onclick"])
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert "script" not in str(tag.get("href", "")) and "data:" not in str(tag.get("src", ""))


def test_formulas_code_and_links_stay():
    text = "$a <b$, `x[0]`, [page](https://example.org), [file](plots/a.png), [top](#top)"
    page = BeautifulSoup(markdown2html(markdown_text(text)), "html.parser")
    assert [tag["href"] for tag in page.find_all("a")] == ["https://example.org", "plots/a.png", "#top"]
    assert "$a < b$" in page.get_text()


def test_attached_pictures_are_shown_and_missing_ones_do_not_stop_the_page():
    text = "![mine](attachment:plot 1.png) ![gone](attachment:other.svg) ![][1]\n\n[1]: attachment:third.png"
    assert "(attachment:plot 1.png)" in markdown_text(text, ["plot 1.png"])
    page = BeautifulSoup(markdown2html(markdown_text(text)), "html.parser")
    assert not page.find_all("img")


def released() -> NotebookNode:
    """A notebook with a text cell to answer in, as students get it."""
    answer = new_markdown_cell("YOUR ANSWER HERE", id="answer-why")
    answer.metadata["nbgrader"] = {"grade_id": "answer-why", "grade": True, "solution": True, "points": 5}
    return new_notebook(cells=[answer])


def test_a_hand_in_of_odd_cells_makes_a_sound_notebook_without_markup():
    odd = [
        {"cell_type": "raw", "source": "<script>alert(1)</script>"},
        {"cell_type": "widget", "source": ["<b>", 3]},
        {"cell_type": "markdown", "source": "\ud800<i>", "attachments": {"\ud800.png": {"image/png": PNG}}},
        {"cell_type": "code", "source": "x = 1", "outputs": "none", "metadata": {"nbgrader": {"grade_id": ["a"]}}},
        {
            "cell_type": "markdown",
            "source": "<b>mine</b>",
            "metadata": {"nbgrader": {"grade_id": "answer-why", "points": 99}},
        },
    ]
    notebook = assemble(released(), odd, {"helper.py": "y = 2\n"}, Shown("summary", {}))
    json.dumps(notebook, ensure_ascii=False).encode()
    assert [cell.id for cell in notebook.cells[:2]] == ["gradekit-summary", "file-1"]
    assert notebook.cells[-1].metadata["nbgrader"]["points"] == 5
    page = BeautifulSoup("".join(markdown2html(cell.source) for cell in notebook.cells), "html.parser")
    assert not page.find_all(["script", "b", "i"])
    assert "mine" in page.get_text() and "alert(1)" in page.get_text()


def test_a_formula_holds_no_link():
    assert markdown_text(r"$\href{javascript:alert(1)}{x^2}$") == "$href{javascript:alert(1)}{x^2}$"
