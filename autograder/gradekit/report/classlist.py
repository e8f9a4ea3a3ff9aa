"""Who is in a class and what the course platform calls them: written by `collect`, read when grades go back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gradekit.errors import GradekitError
from gradekit.records import write_atomically

FORMAT = 1
NAME = "gradekit-class.json"
LATE_NAME = "late.csv"


@dataclass(frozen=True)
class Member:
    """One student: the id in this class folder, and what the platform knows.

    `number` is the platform's own id. `row` holds the student's cells of the platform's table, in the order of
    `ClassList.columns`. `source` is what the download called the hand-in, "" where there is none.
    """

    student: str
    name: str = ""
    email: str = ""
    number: str = ""
    login: str = ""
    row: tuple[str, ...] = ()
    source: str = ""
    attempts: int = 0


@dataclass(frozen=True)
class ClassList:
    """A class as `collect` found it.

    `columns` are the headings of the roster, if it was a table of the platform's. `assignment` is the heading under
    which the platform keeps the grade, and `maximum` the points that it allows, where it says so.
    """

    platform: str
    members: tuple[Member, ...]
    columns: tuple[str, ...] = ()
    assignment: str = ""
    maximum: float | None = None

    @property
    def by_student(self) -> Mapping[str, Member]:
        return {member.student: member for member in self.members}


def write_class_list(class_list: ClassList, folder: Path) -> Path:
    """Write the class list into the class folder and return its path."""
    path = folder / NAME
    text = json.dumps({"format": FORMAT, **asdict(class_list)}, indent=1, ensure_ascii=True)
    write_atomically(path, text.encode("ascii") + b"\n")
    return path


def read_class_list(folder: Path) -> ClassList:
    """The class list in a class folder; GradekitError when there is none, or it is damaged."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GradekitError(
            f"{folder}: has no {NAME}. Name the class folder that `gradekit collect --out` wrote."
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise GradekitError(f"{path}: cannot be read ({error}). Collect the class again.") from None
    try:
        return _from_json(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GradekitError(f"{path}: is damaged ({error!r}). Collect the class again.") from None


def _from_json(data: Any) -> ClassList:
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r} instead of {FORMAT}")
    members = tuple(
        Member(
            **{name: str(member[name]) for name in ("student", "name", "email", "number", "login", "source")},
            row=tuple(map(str, member["row"])),
            attempts=int(member["attempts"]),
        )
        for member in data["members"]
    )
    return ClassList(
        platform=str(data["platform"]),
        members=members,
        columns=tuple(map(str, data["columns"])),
        assignment=str(data["assignment"]),
        maximum=None if data["maximum"] is None else float(data["maximum"]),
    )
