"""What one check said, and all that the checks said of one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

FORMAT = 1
"""Version of the JSON; raised whenever an older reader would misread a newer record."""

Status = Literal[
    "passed",
    "failed",
    "raised",
    "not-implemented",
    "missing",
    "import-error",
    "syntax-error",
    "time-out",
    "memory",
    "crashed",
    "protocol",
    "internal-error",
    "not-run",
]
STATUSES: tuple[Status, ...] = get_args(Status)

RecordStatus = Literal["graded", "ungradable"]


@dataclass(frozen=True)
class Outcome:
    """What one check said of one submission.

    `called`, `got`, `expected` and `advice` explain a failure; `category` names its kind without any value. `measures`
    are finite numbers that the grader counted on `data` ("MNIST", "digits" or ""). `remarks` are for the student and
    cost nothing, `flags` are for the assistant. `misconceptions` are names of the catalogue; `output` is what the
    submission printed.
    """

    check: str
    part: str
    status: Status
    category: str = ""
    called: str = ""
    got: str = ""
    expected: str = ""
    advice: str = ""
    measures: Mapping[str, float] = field(default_factory=dict)
    data: str = ""
    remarks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    output: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "measures", MappingProxyType(dict(self.measures)))


@dataclass(frozen=True)
class Record:
    """All outcomes of one submission; `reason` says why one is ungradable, `kind` in what form it was handed in.

    `key` is the hash of what the outcomes depend on: submission, checks, and execution settings.
    """

    lab: str
    student: str
    key: str
    status: RecordStatus
    reason: str = ""
    confined: bool = False
    kind: str = ""
    remarks: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    format: int = FORMAT

    def __post_init__(self) -> None:
        if len({outcome.check for outcome in self.outcomes}) != len(self.outcomes):
            raise ValueError(f"the record of {self.student!r} has two outcomes of one check")
