"""What the main process tells a grader process, and what comes back: plain JSON, one line each, between trusted processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gradekit.boundary.remote import Handin
from gradekit.records import Outcome


@dataclass(frozen=True)
class Job:
    """One submission to grade: its position in the class, the student's id, the files as the worker gets them, the seed of its checks."""

    number: int
    student: str
    handin: Handin
    seed: int

    def to_line(self) -> bytes:
        """Return the job as one line of JSON."""
        return _line(
            {"number": self.number, "student": self.student, "handin": self.handin.as_plain(), "seed": self.seed}
        )

    @classmethod
    def from_line(cls, line: bytes) -> Job:
        """Read what `to_line` wrote."""
        data = json.loads(line)
        return cls(data["number"], data["student"], Handin(**data["handin"]), data["seed"])


@dataclass(frozen=True)
class GraderSettings:
    """How a grader process works: course root, its slot (also the core it is pinned to), confinement layers, checks to run."""

    course: str
    slot: int
    uid: int | None
    layers: tuple[str, ...]
    only: tuple[str, ...] = ()
    diagnose: bool = True

    def to_line(self) -> bytes:
        """Return the settings as one line of JSON."""
        return _line(asdict(self))

    @classmethod
    def from_line(cls, line: bytes) -> GraderSettings:
        """Read what `to_line` wrote."""
        data = json.loads(line)
        return cls(**{**data, "layers": tuple(data["layers"]), "only": tuple(data["only"])})


def outcome_to_plain(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON-able data."""
    return {
        **{name: getattr(outcome, name) for name in outcome.__dataclass_fields__},
        "measures": dict(outcome.measures),
    }


def outcome_from_plain(data: Mapping[str, Any]) -> Outcome:
    """Read what `outcome_to_plain` wrote."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Outcome(**fields)


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
