"""Canvas's "Download Submissions": flat files called NAME_LATE_USER_ATTACHMENT_FILE."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from gradekit.intake.download import Entry
from gradekit.intake.names import twin_key
from gradekit.platforms.collect.handin import HandedFile, HandIn

# NAME is the sortable name in lower case with letters and digits only. The first match counts, as in Canvas itself:
# what a student calls a file comes later.
_NAME = re.compile(
    r"(?:(?P<name>(?!LATE_).*?)_)?(?P<late>LATE_)?(?P<number>[0-9]+|anon_[A-Za-z0-9]+)_"
    r"(?:(?P<attachment>[0-9]+)_(?P<file>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
# A file that is handed in again under the same name is renamed by Canvas: layers.py, layers-1.py, layers-2.py.
_AGAIN = re.compile(r"(?P<stem>.+)-[0-9]{1,3}(?P<ending>\.(?:py|ipynb|zip))", re.IGNORECASE | re.DOTALL)


@dataclass
class _Student:
    name: str
    source: str
    late: bool = False
    attachments: dict[str, dict[int, tuple[str, Entry]]] = field(default_factory=lambda: defaultdict(dict))


def read_canvas(entries: Sequence[Entry]) -> list[HandIn]:
    """The hand-ins of a Canvas assignment; `number` is the user's id, `name` the squeezed sortable name."""
    students: dict[str, _Student] = {}
    for entry in entries:
        match = _NAME.fullmatch(entry.name) if entry.is_file else None
        if match is None:
            continue
        student = students.setdefault(match["number"], _Student(match["name"] or "", entry.name))
        student.late |= bool(match["late"])
        file = match["file"] or f"{match['typed']}.html"
        again = _AGAIN.fullmatch(file)
        first = again["stem"] + again["ending"] if again else file
        student.attachments[twin_key(first)][int(match["attachment"] or 0)] = first, entry
    return [_hand_in(number, student) for number, student in students.items()]


def _hand_in(number: str, student: _Student) -> HandIn:
    """The newest file of every name."""
    files = []
    for attachments in student.attachments.values():
        name, entry = attachments[max(attachments)]
        files.append(HandedFile((name,), partial(entry.read, entry.items[0])))
    attempts = max(len(attachments) for attachments in student.attachments.values())
    return HandIn(student.source, tuple(files), number=number, name=student.name, late=student.late, attempts=attempts)
