"""The notebook that formgrader and feedback show: the hand-in's cells, under the names and in the types that were released.

Nothing of a hand-in but text and pictures is taken over: cells are made anew, and only the released notebook says
which cell counts for what.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradekit.platforms.nbgrader.harmless import (
    joined,
    kept_attachments,
    kept_outputs,
    markdown_text,
    raw_text,
    text_output,
)
from gradekit.platforms.nbgrader.submissions import Cell, cell_id

MISSING = "(this cell is missing from the hand-in)"
SUMMARY = "gradekit-summary"


@dataclass(frozen=True)
class Shown:
    """What the grader adds: a Markdown summary at the top, and test cell -> the text below it."""

    summary: str
    outputs: Mapping[str, str]


def assemble(released: NotebookNode, handed_in: Sequence[Cell], files: Mapping[str, str], shown: Shown) -> NotebookNode:
    """Return the notebook of one hand-in.

    ``handed_in`` are the cells of its notebook, ``files`` the sources that are graded instead of one, or beside it. Of
    a cell that stands twice the last one counts, as for nbgrader.
    """
    known = {name: cell for cell in released.cells if (name := cell_id(cell))}
    last = {name: place for place, cell in enumerate(handed_in) if (name := cell_id(cell)) in known}
    made = [
        _known(known[cell_id(cell)], cell, shown) if last.get(cell_id(cell)) == place else _foreign(cell, place)
        for place, cell in enumerate(handed_in)
    ]
    restored = [name for name, cell in known.items() if name not in last and _counts(cell)]
    for name in restored:
        made.insert(_place_of(name, known, made), _restored(known[name], shown))
    sources = [_code(f"# {name}\n\n{joined(text)}", f"file-{number}") for number, (name, text) in _numbered(files)]
    cells = [_text(shown.summary, SUMMARY), *sources, *made]
    content = {"cells": cells, "metadata": copy.deepcopy(released.metadata), "nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return notebook


def _known(released: NotebookNode, cell: Cell, shown: Shown) -> NotebookNode:
    """Return a cell under the released name, type and marks; text that students may not change is the released one."""
    made = copy.deepcopy(released)
    name = cell_id(released)
    mark = made.metadata["nbgrader"]
    pictures = kept_attachments(cell.get("attachments"))
    if mark["solution"]:
        text = joined(cell.get("source"))
        made.source = text if made.cell_type == "code" else markdown_text(text, pictures)
    if made.cell_type == "code":
        made.outputs = (
            [text_output(shown.outputs[name])] if name in shown.outputs else kept_outputs(cell.get("outputs"))
        )
        made.execution_count = None
    elif mark["solution"]:
        made.attachments = pictures
    return made


def _restored(released: NotebookNode, shown: Shown) -> NotebookNode:
    text = f"# {MISSING}" if released.cell_type == "code" else MISSING
    return _known(released, {"source": text}, shown)


def _foreign(cell: Cell, place: int) -> NotebookNode:
    kind = cell.get("cell_type")
    name = f"handed-in-{place + 1}"
    source = joined(cell.get("source"))
    if kind == "code":
        made = _code(source, name)
        made.outputs = kept_outputs(cell.get("outputs"))
        return made
    pictures = kept_attachments(cell.get("attachments"))
    made = _text(markdown_text(source, pictures) if kind == "markdown" else raw_text(source), name)
    made.attachments = pictures
    return made


def _code(source: str, name: str) -> NotebookNode:
    cell: NotebookNode = new_code_cell(source, id=name)  # type: ignore[no-untyped-call]
    return cell


def _text(source: str, name: str) -> NotebookNode:
    cell: NotebookNode = new_markdown_cell(source, id=name)  # type: ignore[no-untyped-call]
    return cell


def _counts(cell: NotebookNode) -> bool:
    mark = cell.metadata["nbgrader"]
    return bool(mark["grade"] or mark["solution"])


def _place_of(name: str, known: Mapping[str, NotebookNode], made: Sequence[NotebookNode]) -> int:
    """Return where a missing cell belongs: behind the nearest cell that was released before it."""
    before = list(known)[: list(known).index(name)]
    places = {cell_id(cell): place for place, cell in enumerate(made)}
    return next((places[other] + 1 for other in reversed(before) if other in places), 0)


def _numbered(files: Mapping[str, str]) -> Iterable[tuple[int, tuple[str, str]]]:
    return enumerate(sorted(files.items()), start=1)
