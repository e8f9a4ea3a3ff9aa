"""The kinds of cells in a notebook for students: nbgrader's metadata (schema 3), and ids that are always the same."""

from __future__ import annotations

import re
from typing import Any

import nbformat
from nbformat import NotebookNode


def text(source: str, name: str) -> NotebookNode:
    """Return a markdown cell."""
    return _cell("markdown", source, name)


def locked_text(source: str, name: str) -> NotebookNode:
    """Return a markdown cell that students read only."""
    return _marked(_cell("markdown", source, name), locked=True)


def answer(source: str, name: str, points: float) -> NotebookNode:
    """Return a markdown cell that students write and a person marks."""
    return _marked(_cell("markdown", source, name), solution=True, points=points)


def free_code(source: str, name: str) -> NotebookNode:
    """Return a code cell that nbgrader takes no notice of: students may add to it."""
    return _cell("code", source, name)


def locked_code(source: str, name: str) -> NotebookNode:
    """Return a code cell that students run as it is."""
    return _marked(_cell("code", source, name), locked=True)


def solution(source: str, name: str) -> NotebookNode:
    """Return a code cell that students fill."""
    return _marked(_cell("code", source, name), solution=True)


def test(source: str, name: str, points: float) -> NotebookNode:
    """Return a code cell that passes for the points of a part, or raises."""
    return _marked(_cell("code", source, name), locked=True, points=points)


def _cell(kind: str, source: str, name: str) -> NotebookNode:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": re.sub(r"[^A-Za-z0-9-]", "-", name)[:64],
        "metadata": {},
        "source": source,
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return nbformat.from_dict(cell)  # type: ignore[no-untyped-call,no-any-return]


def _marked(
    cell: NotebookNode, *, solution: bool = False, locked: bool = False, points: float | None = None
) -> NotebookNode:
    graded = {} if points is None else {"points": points}
    cell.metadata["nbgrader"] = {
        "grade": points is not None,
        "grade_id": cell.id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
        **graded,
    }
    return cell
