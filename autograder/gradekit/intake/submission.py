"""What intake makes of an upload: a submission, or the reason why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gradekit.rubric import IntakeLimits

Kind = Literal["folder", "zip", "notebook", "file"]


@dataclass(frozen=True)
class IntakeRules:
    """What may be handed in: the files that students write, those that the course gives, and the caps.

    `stubs` maps the names of the hand-out's files to their released texts (for the notebook: its JSON), so that a file
    which nobody touched is told from one that was filled in. It may be empty.
    """

    names: tuple[str, ...]
    given: tuple[str, ...]
    notebook: str
    limits: IntakeLimits
    stubs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """One student's hand-in as text; nothing else of an upload goes on to a worker.

    `files` maps file names to source text without byte-order mark and with `\\n` line ends: those of
    `IntakeRules.names` that were found, and the student's own modules beside them. `cells` are the code cells of a
    notebook, `()` unless `kind` is "notebook". `unusable` maps file names to the reason why their text cannot be
    taken. `modified` is the newest time stamp of what was taken, in seconds since the epoch, and no part of `digest`.
    """

    student: str
    kind: Kind
    files: Mapping[str, str]
    cells: tuple[str, ...]
    remarks: tuple[str, ...]
    digest: str
    modified: float | None
    unusable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """An upload that cannot be graded, with one sentence that names the thing and the way out."""

    student: str
    reason: str


def content_digest(
    kind: Kind, files: Mapping[str, str], cells: Sequence[str], unusable: Mapping[str, str], remarks: Sequence[str]
) -> str:
    """SHA-256 (hex) of everything in a submission that a record depends on.

    Every text is preceded by its length and every group by its count, so that no two submissions share a key because
    the same bytes are split differently.
    """
    groups: tuple[Iterable[str], ...] = ([kind], _pairs(files), cells, _pairs(unusable), remarks)
    total = hashlib.sha256()
    for group in groups:
        texts = [text.encode("utf-8", "surrogatepass") for text in group]
        total.update(len(texts).to_bytes(8, "big"))
        for data in texts:
            total.update(len(data).to_bytes(8, "big"))
            total.update(data)
    return total.hexdigest()


def _pairs(mapping: Mapping[str, str]) -> list[str]:
    return [text for name in sorted(mapping) for text in (name, mapping[name])]
