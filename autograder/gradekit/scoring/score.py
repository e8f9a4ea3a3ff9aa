"""Points for the outcomes of one submission, counted as exact decimal fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from types import MappingProxyType

from gradekit.errors import CourseError, GradekitError
from gradekit.records import Outcome, Record, RecordStatus
from gradekit.rubric import Check, GradingConfig, Part
from gradekit.rubric.types import exact


@dataclass(frozen=True)
class CheckScore:
    """What one check pays, in points; `unmet` are the checks it requires that did not pass."""

    check: Check
    outcome: Outcome
    points: float
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartScore:
    """What one part pays, in points; `pending` while a person has yet to mark it."""

    part: Part
    points: float
    checks: tuple[CheckScore, ...]
    pending: bool = False

    @property
    def maximum(self) -> float:
        return float(self.part.points)


@dataclass(frozen=True)
class Score:
    """The points of one submission.

    `total` is what counts: `earned` less the late penalty. `maximum` leaves bonus parts out, so a total may exceed it.
    `unrun` names checks of the rubric that the record knows nothing of: it is older than they are.
    """

    student: str
    status: RecordStatus
    total: float
    maximum: float
    parts: Mapping[str, PartScore]
    earned: float
    days_late: int = 0
    unrun: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", MappingProxyType(dict(self.parts)))


def score(record: Record, config: GradingConfig, marks: Mapping[str, float] = MappingProxyType({})) -> Score:
    """The score of `record`; `marks` are the points of manual parts, given by a person.

    A passed check pays its points, or with a ladder the sum of the rungs that its measure reaches, provided that the
    checks it requires passed. An ungradable record earns nothing. Raises GradekitError for marks that do not fit, and
    CourseError when a check ran on data that its ladder does not name.
    """
    _refuse_unfit(marks, config, record.student)
    outcomes = {outcome.check: outcome for outcome in record.outcomes}
    graded = record.status == "graded"
    parts = {part.name: _score_part(part, outcomes, marks, pays=graded) for part in config.parts}
    total = rounded(sum((exact(part.points) for part in parts.values()), Fraction()))
    return Score(
        student=record.student,
        status=record.status,
        total=total,
        maximum=config.maximum,
        parts=parts,
        earned=total,
        unrun=tuple(name for name in config.checks if graded and name not in outcomes),
    )


def rounded(points: Fraction) -> float:
    """`points` to two decimals, halves upwards."""
    return floor(points * 100 + Fraction(1, 2)) / 100


def _score_part(part: Part, outcomes: Mapping[str, Outcome], marks: Mapping[str, float], *, pays: bool) -> PartScore:
    if part.manual:
        return PartScore(part, rounded(exact(marks.get(part.name, 0.0))), (), pending=part.name not in marks)
    checks = tuple(
        _score_check(check, part, outcomes) if pays else _unpaid(check, part, outcomes) for check in part.checks
    )
    # Rounded once per part, so that the parts that a student sees add up to the total.
    return PartScore(part, rounded(sum((exact(check.points) for check in checks), Fraction())), checks)


def _score_check(check: Check, part: Part, outcomes: Mapping[str, Outcome]) -> CheckScore:
    outcome = _outcome(check, part, outcomes)
    unmet = tuple(name for name in check.requires if name not in outcomes or outcomes[name].status != "passed")
    pays = outcome.status == "passed" and not unmet
    return CheckScore(check, outcome, float(_worth(check, outcome)) if pays else 0.0, unmet)


def _unpaid(check: Check, part: Part, outcomes: Mapping[str, Outcome]) -> CheckScore:
    return CheckScore(check, _outcome(check, part, outcomes), 0.0)


def _outcome(check: Check, part: Part, outcomes: Mapping[str, Outcome]) -> Outcome:
    return outcomes.get(check.name) or Outcome(check=check.name, part=part.name, status="not-run")


def _worth(check: Check, outcome: Outcome) -> Fraction:
    if not check.ladder:
        return exact(check.points)
    if outcome.data not in check.ladder or check.measure not in outcome.measures:
        known = ", ".join(check.ladder)
        raise CourseError(
            f"check {check.name!r} passed with measures {sorted(outcome.measures)} on {outcome.data or 'no data'!r}, "
            f"but grading_config.py pays {check.measure!r} on {known}: mend its ladder, or what the check measures."
        )
    reached = outcome.measures[check.measure]
    return sum((exact(rung.points) for rung in check.ladder[outcome.data] if reached >= rung.at), Fraction())


def _refuse_unfit(marks: Mapping[str, float], config: GradingConfig, student: str) -> None:
    manual = {part.name: part.points for part in config.parts if part.manual}
    for name, points in marks.items():
        if name not in manual:
            raise GradekitError(
                f"marks of {student!r}: {name!r} is no manual part; there are: {', '.join(manual) or '-'}."
            )
        if not 0 <= points <= manual[name]:
            raise GradekitError(f"marks of {student!r}: {points:g} for {name!r} is not between 0 and {manual[name]:g}.")
