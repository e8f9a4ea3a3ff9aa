"""What one run of a check leaves behind, and the outcome that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from gradekit.boundary.faults import SubmissionFault
from gradekit.checkkit.failure import CheckFailure
from gradekit.records import Outcome, Status

_TEXT = 4000


@dataclass
class Notes:
    """Collected while a check runs: the exception that ended it, numbers, remarks for the student, flags for the assistant."""

    error: BaseException | None = None
    measures: dict[str, float] = field(default_factory=dict)
    data: str = ""
    remarks: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def measure(self, name: str, value: float, data: str = "") -> None:
        """Store a number under ``name``, and the source of the data that it was counted on."""
        self.measures[name] = round(float(value), 6)
        self.data = data or self.data

    def remark(self, text: str) -> None:
        """Store a remark once."""
        if text not in self.remarks:
            self.remarks.append(text[:_TEXT])

    def flag(self, text: str) -> None:
        """Store a flag once."""
        if text not in self.flags:
            self.flags.append(text[:_TEXT])


@dataclass(frozen=True)
class CheckRun:
    """One check run on one submission: what it noted, and what the submission printed meanwhile."""

    check: str
    part: str
    notes: Notes
    output: str

    def outcome(self, misconceptions: tuple[str, ...]) -> Outcome:
        """Return the outcome: what escaped the check decides the status, the rest is carried along."""
        error = self.notes.error
        status: Status = "passed"
        category = called = got = expected = advice = ""
        if isinstance(error, CheckFailure):
            status = cast(Status, error.status) if isinstance(error, SubmissionFault) else "failed"
            category = error.category
            called, got, expected, advice = error.called, error.got, error.expected, error.advice
        elif error is not None:
            # a mistake in the check, or an answer that the check did not foresee: no points, and the assistant is told
            status, category = "internal-error", "internal-error"
            got = f"{type(error).__name__}: {error}"
        return Outcome(
            check=self.check,
            part=self.part,
            status=status,
            category=category,
            called=called[:_TEXT],
            got=got[:_TEXT],
            expected=expected[:_TEXT],
            advice=advice[:_TEXT],
            measures=dict(sorted(self.notes.measures.items())),
            data=self.notes.data,
            remarks=tuple(self.notes.remarks),
            flags=tuple(self.notes.flags),
            misconceptions=misconceptions,
            output=self.output,
        )
