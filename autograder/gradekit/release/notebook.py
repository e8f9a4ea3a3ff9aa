"""Build the one nbgrader notebook of a lab from its sources, hand-out text and questions, and strip it.

The order is fixed: introduction, set-up, every students' file with the check of each part behind the last stub that
belongs to it, the checks of parts that have no stub of their own, and the discussion questions. The same input gives
the same bytes.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import jupytext  # type: ignore[import-untyped]
import nbformat
from nbformat import NotebookNode

from gradekit.errors import ReleaseError
from gradekit.release import cells
from gradekit.release.questions import Question
from gradekit.release.sources import Source, Stub, notebook_order
from gradekit.release.strip import ANSWER_STUB, STUB, regions, strip_solutions
from gradekit.rubric import GradingConfig, Part

FILE_ONLY = "file-only"
SETUP = """import sys

sys.path.insert(0, "checks")

from checkkit.notebook import check"""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Texts:
    """Markdown that is no part of a source: cells before the code, the remaining checks, and the questions."""

    start: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def build_notebook(
    sources: Sequence[Source], stubs: Sequence[Stub], config: GradingConfig, texts: Texts, questions: Sequence[Question]
) -> NotebookNode:
    """Return the source form of the notebook (nbformat 4.5), solutions included, with nbgrader metadata (schema 3).

    Raises ReleaseError where two cells would have one name.
    """
    last_stub = {stub.part.name: stub for stub in stubs if stub.part}
    tested = [part for part in config.parts if any(check.visibility == "public" for check in part.checks)]
    placed = {part.name: last_stub[part.name].text for part in tested if part.name in last_stub}
    built = [cells.text(text, f"introduction-{number}") for number, text in enumerate(texts.start, start=1)]
    built.append(cells.locked_code(SETUP, "setup"))
    for source in notebook_order(sources):
        for cell in _file_cells(source):
            built.append(cell)
            built += [_test(part) for part in tested if part.name in placed and placed[part.name] in cell.source]
    remaining = [part for part in tested if part.name not in placed]
    if remaining:
        built += [cells.text(text, f"checks-{number}") for number, text in enumerate(texts.checks, start=1)]
        built += [_test(part) for part in remaining]
    if questions:
        built += [cells.text(text, f"questions-{number}") for number, text in enumerate(texts.questions, start=1)]
    for question in questions:
        built.append(cells.locked_text(question.text, f"question-{question.name}"))
        built.append(cells.answer(question.answer, f"answer-{question.name}", question.points))
    _refuse_duplicates(built)
    content = {"cells": built, "metadata": copy.deepcopy(_METADATA), "nbformat": 4, "nbformat_minor": 5}
    notebook = cast(NotebookNode, nbformat.from_dict(content))  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return notebook


def strip_notebook(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return a copy whose solution regions are stubs; raises ReleaseError, naming the cell, as `strip_solutions`."""
    stripped = copy.deepcopy(notebook)
    for number, cell in enumerate(stripped.cells, start=1):
        stub = STUB if cell.cell_type == "code" else ANSWER_STUB
        cell.source = strip_solutions(cell.source, f"{name}, cell {number}", stub)
    return stripped


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return the JSON of a notebook, UTF-8, with sorted keys and a newline at the end."""
    text = cast(str, nbformat.writes(notebook, version=4))  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode()


def _file_cells(source: Source) -> Iterator[NotebookNode]:
    """Yield the cells of a file that belong into a notebook."""
    counts: dict[str, int] = {}
    for cell in _percent_cells(source):
        if FILE_ONLY in cell.metadata.get("tags", ()) or cell.cell_type == "raw":
            continue
        name = "text" if cell.cell_type == "markdown" else _first_definition(cell.source)
        counts[name] = counts.get(name, 0) + 1
        identity = f"{source.module}-{name}" + (f"-{counts[name]}" if counts[name] > 1 else "")
        yield _file_cell(source, cell, identity)


def _percent_cells(source: Source) -> list[NotebookNode]:
    try:
        return cast(list[NotebookNode], jupytext.reads(source.text, fmt="py:percent").cells)
    except Exception as error:  # jupytext lets the errors of its YAML and JSON parsers through
        reason = str(error).partition("\n")[0]
        raise ReleaseError(f"solution/{source.name}: not in jupytext's percent format: {reason}") from error


def _file_cell(source: Source, cell: NotebookNode, identity: str) -> NotebookNode:
    if cell.cell_type == "markdown":
        return cells.text(cell.source, identity)
    if regions(cell.source, f"solution/{source.name}, cell {identity}"):
        return cells.solution(cell.source, identity)
    return (cells.locked_code if source.given else cells.free_code)(cell.source, identity)


def _first_definition(text: str) -> str:
    try:
        body = ast.parse(text).body
    except SyntaxError:  # a magic command, which only a notebook understands
        return "code"
    names = [node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    if names:
        return names[0].strip("_")
    return "imports" if any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in body) else "code"


def _test(part: Part) -> NotebookNode:
    return cells.test(f'check("{part.name}")', f"check-{part.name}", part.points)


def _refuse_duplicates(built: Sequence[NotebookNode]) -> None:
    seen: set[str] = set()
    for cell in built:
        if cell.id in seen:
            raise ReleaseError(f"the notebook holds two cells called {cell.id}: rename a function, class or question")
        seen.add(cell.id)
