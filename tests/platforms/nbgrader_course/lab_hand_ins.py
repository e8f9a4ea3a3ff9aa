"""Right and wrong hand-ins of this repository's lab as notebooks that `nbgrader autograde` can execute."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Mapping
from pathlib import Path

from nbgrader_runs import Notebook

from gradekit.course import Course
from gradekit.diagnosis import load_catalogue
from gradekit.intake import Submission
from gradekit.quality.chaffs import single_chaffs
from gradekit.quality.grading import read_corpus
from gradekit.quality.wheats import corpus_paths

COURSE = Course.find(Path(__file__))


def every_hand_in() -> dict[str, Submission]:
    """Return stub, reference, wheats and single mistakes by name."""
    right = {entry.student: entry for entry in read_corpus(COURSE, corpus_paths(COURSE))}
    reference = next(read_entry for name, read_entry in right.items() if "reference" in name)
    chaffs = single_chaffs(load_catalogue(COURSE.misconceptions), reference)
    return right | {chaff.handin.student: chaff.handin for chaff in chaffs}


def as_notebook(released: Notebook, submission: Submission, leave_out: tuple[str, ...] = ()) -> Notebook:
    """Return the released notebook with a hand-in's work in it, without the test cells ``leave_out``.

    Files lie beside the notebook, which imports from them what it should define; a notebook's own cells are put in
    front of the solution cells, which stay empty.
    """
    notebook = copy.deepcopy(released)
    modules = {name: file.removesuffix(".py") for file, names in COURSE.config.files.items() for name in names}
    cells = []
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if cell["id"] in leave_out:
            continue
        if cell["cell_type"] == "code" and mark.get("solution"):
            defined = next(node.name for node in ast.parse("".join(cell["source"])).body if hasattr(node, "name"))
            cell["source"] = "" if submission.cells else f"from {modules[defined]} import {defined}"
        cells.append(cell)
        if cell["id"] == "setup":
            cells += [_code(text, f"own-{number}") for number, text in enumerate(submission.cells)]
    return {**notebook, "cells": cells}


def files_beside(submission: Submission) -> Mapping[str, str]:
    """Return the files of a hand-in; imports within a package, which a folder of files is not, are made plain ones."""
    return {
        name: re.sub(
            r"^(\s*)from \.(\w+) import", r"\1from \2 import", text.replace("from . import", "import"), flags=re.M
        )
        for name, text in submission.files.items()
    }


def _code(source: str, name: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": name,
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
