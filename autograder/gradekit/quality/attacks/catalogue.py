"""The hostile hand-ins of a course: what each tries, and what must come out of it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gradekit.course import load_package
from gradekit.errors import CourseError

DECLARATION = "attack.json"
BUILDER = "build"


@dataclass(frozen=True)
class Attack:
    """One hostile hand-in and what it must get.

    ``upload`` is the folder, zip or notebook; ``student`` the id under which it must appear in the reports, ``placed`` the name under
    which it is handed in. ``total`` is in points; ``outcomes`` are the statuses allowed for a check; ``reason`` is part of the sentence
    with which intake refuses; ``flagged`` says whether the assistant must see a flag; ``honest`` that it only looks hostile; ``data``
    names the only data on which its outcomes mean something.
    """

    name: str
    rows: tuple[int, ...]
    does: str
    upload: Path
    student: str
    placed: str
    total: float = 0.0
    status: str = "graded"
    reason: str = ""
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flagged: bool = False
    honest: bool = False
    data: str = ""


def load_attacks(folder: Path, workshop: Path) -> list[Attack]:
    """Read every attack under ``folder``; those that no repository can hold are built in ``workshop`` by the course's `build/`.

    `build/__init__.py` has a function ``build(folder)`` that writes attacks of the same shape. Raises CourseError that names the
    declaration to mend.
    """
    if not folder.is_dir():
        raise CourseError(f"this course has no attacks: {folder.parent.name}/{folder.name}/ is missing")
    if (folder / BUILDER).is_dir():
        load_package(folder / BUILDER, "_lab_attacks").build(workshop)
    found = [
        _read(path) for root in (folder, workshop) for path in sorted(root.iterdir()) if (path / DECLARATION).is_file()
    ]
    if not found:
        raise CourseError(f"{folder.name}/ holds no attack: no folder in it has an {DECLARATION}")
    names = [attack.placed for attack in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise CourseError(f"attacks handed in under the same name: {', '.join(sorted(map(repr, doubled)))}")
    return sorted(found, key=lambda attack: attack.name)


def _read(path: Path) -> Attack:
    where = f"{path.name}/{DECLARATION}"
    try:
        value = json.loads((path / DECLARATION).read_text(encoding="utf-8"))
    except ValueError as error:
        raise CourseError(f"{where} is no JSON: {error}") from error
    known = {
        *(
            "rows",
            "does",
            "hand_in",
            "student",
            "placed",
            "total",
            "status",
            "reason",
            "outcomes",
            "flagged",
            "honest",
            "data",
        ),
    }
    if unknown := set(value) - known:
        raise CourseError(f"{where}: unknown entry {sorted(unknown)[0]!r}; there are {', '.join(sorted(known))}")
    for needed, kind in (("rows", list), ("does", str)):
        if not isinstance(value.get(needed), kind) or not value[needed]:
            raise CourseError(f"{where}: {needed!r} is missing")
    upload = path / value.get("hand_in", "hand-in")
    placed = value.get("placed") or path.name + upload.suffix
    attack = Attack(
        name=path.name,
        rows=tuple(value["rows"]),
        does=value["does"],
        upload=upload,
        placed=placed,
        student=value.get("student", path.name),
        total=float(value.get("total", 0)),
        status=value.get("status", "graded"),
        reason=value.get("reason", ""),
        outcomes={check: tuple(statuses) for check, statuses in value.get("outcomes", {}).items()},
        flagged=bool(value.get("flagged", False)),
        honest=bool(value.get("honest", False)),
        data=str(value.get("data", "")),
    )
    _validate(attack, where)
    return attack


def _validate(attack: Attack, where: str) -> None:
    if not attack.upload.exists() and not attack.upload.is_symlink():
        raise CourseError(f"{where}: its hand-in {attack.upload.name!r} is missing")
    if attack.status not in ("graded", "ungradable"):
        raise CourseError(f"{where}: 'status' must be 'graded' or 'ungradable'")
    if attack.status == "graded" and not attack.outcomes:
        raise CourseError(f"{where}: 'outcomes' must name at least one check")


def place(attack: Attack, folder: Path) -> None:
    """Hand the attack in: put it into the class ``folder`` under its name, links and devices as they are."""
    _copy(attack.upload, folder / attack.placed)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_copy_entry)
    else:
        _copy_entry(str(source), str(target))


def _copy_entry(source: str, target: str) -> str:
    state = os.lstat(source)
    if stat.S_ISREG(state.st_mode) and state.st_nlink > 1:
        os.link(source, target)
        return target
    if stat.S_ISREG(state.st_mode) or stat.S_ISLNK(state.st_mode):
        return shutil.copy2(source, target, follow_symlinks=False)
    if stat.S_ISFIFO(state.st_mode):
        os.mkfifo(target)
    else:
        os.mknod(target, state.st_mode, state.st_rdev)
    return target
