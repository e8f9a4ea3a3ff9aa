"""What `nbgrader collect` brought → submissions of one lab, with a word on cells that the student deleted or changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gradekit.errors import GradekitError, IntakeError
from gradekit.intake import IntakeRules, Refused, Submission, read_submission
from gradekit.intake.names import escaped, student_id
from gradekit.intake.notebook import code_cells
from gradekit.platforms.nbgrader.layout import CourseFolder, read_timestamp

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Collected:
    """One student's hand-in.

    `student` is nbgrader's id, `entry.student` the id of the record. `cells` are the cells of the notebook that is
    graded, none where files are or nothing can be; `problem` is what is wrong with the time stamp.
    """

    student: str
    folder: Path
    entry: Submission | Refused
    cells: tuple[Cell, ...] = ()
    timestamp: datetime | None = None
    problem: str = ""


def read_collected(folder: CourseFolder, rules: IntakeRules, released: Sequence[Cell]) -> list[Collected]:
    """Return every hand-in of the lab, also those that cannot be graded; ``released`` are the cells that students got.

    Raises GradekitError where there are none, or two ids make one.
    """
    paths = folder.submitted()
    if not paths:
        raise GradekitError(
            f"{folder.root}: nothing of {folder.lab} has been submitted; run nbgrader collect {folder.lab} first"
        )
    found = [_read(student, path, rules, released) for student, path in paths.items()]
    ids = Counter(handin.entry.student for handin in found)
    for handin in found:
        if ids[handin.entry.student] > 1:
            raise GradekitError(f"{handin.student!r} and another student have one id; rename one of the folders")
    return found


def _read(student: str, path: Path, rules: IntakeRules, released: Sequence[Cell]) -> Collected:
    problem, timestamp = "", None
    try:
        timestamp = read_timestamp(path)
    except GradekitError as error:
        problem = str(error)
    try:
        identity = student_id(student)
    except IntakeError as error:
        return Collected(student, path, Refused(escaped(student), str(error)), (), timestamp, problem)
    try:
        if path.is_symlink():
            raise IntakeError(f"{path.name} is a symbolic link; replace it by what it points to")
        entry = read_submission(path, identity, rules)
    except IntakeError as error:
        return Collected(student, path, Refused(identity, str(error)), (), timestamp, problem)
    cells = _graded_cells(path, entry, rules) if entry.kind == "notebook" else ()
    notes = cell_notes(cells, released) if cells else ()
    # a notebook in a zip or a folder further down: its code is all that intake has kept
    cells = cells or tuple({"cell_type": "code", "source": text} for text in entry.cells)
    return Collected(student, path, _with_remarks(entry, notes), cells, timestamp, problem)


def cell_notes(cells: Iterable[Cell], released: Sequence[Cell]) -> tuple[str, ...]:
    """Return a remark for every cell that counts and that was deleted, doubled, or turned into another type."""
    known = {name: cell for cell in released if (name := cell_id(cell)) and _counts(cell)}
    present: dict[str, list[Cell]] = {name: [] for name in known}
    for cell in cells:
        name = cell_id(cell)
        if name in present:
            present[name].append(cell)
    notes = []
    for name, found in present.items():
        kind = known[name].get("cell_type")
        if not found:
            notes.append(f"the cell {name} is missing from the notebook: keep every cell that was handed out")
        elif len(found) > 1:
            notes.append(f"the cell {name} stands {len(found)} times in the notebook: keep one")
        if any(cell.get("cell_type") != kind for cell in found):
            what = "a code cell, so that it is run" if kind == "code" else "a text cell"
            notes.append(f"the cell {name} was turned into another type: make it {what}")
    return tuple(notes)


def cell_id(cell: Cell) -> str:
    """Return nbgrader's name of a cell, "" where it has none."""
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    name = mark.get("grade_id") if isinstance(mark, Mapping) else None
    return name if isinstance(name, str) else ""


def _counts(cell: Cell) -> bool:
    """Whether a released cell is one that students write in, or one that pays."""
    mark = cell["metadata"]["nbgrader"]
    return bool(mark["grade"] or mark["solution"])


def _graded_cells(path: Path, submission: Submission, rules: IntakeRules) -> tuple[Cell, ...]:
    """Return all cells of the notebook whose code intake has taken."""
    for file in sorted(path.glob("*.ipynb"), key=lambda file: (file.name != rules.notebook, file.name)):
        if file.is_symlink() or not file.is_file() or file.stat().st_size > rules.limits.notebook_bytes:
            continue
        data = file.read_bytes()
        try:
            if code_cells(data, file.name, rules.limits)[0] != submission.cells:
                continue
        except IntakeError:
            continue
        # intake has found size, depth and numbers to be harmless
        cells = json.loads(data.decode("utf-8-sig")).get("cells")
        return tuple(cell for cell in cells if isinstance(cell, dict)) if isinstance(cells, list) else ()
    return ()


def _with_remarks(submission: Submission, notes: tuple[str, ...]) -> Submission:
    if not notes:
        return submission
    digest = hashlib.sha256("\0".join((submission.digest, *notes)).encode("utf-8", "surrogatepass")).hexdigest()
    return replace(submission, remarks=(*submission.remarks, *notes), digest=digest)
