"""The types that `grading_config.py` is written in: frozen data, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

Visibility = Literal["public", "hidden"]
Setting = float | int | str | bool


def exact(points: float) -> Fraction:
    """Points as the decimal number that was written, so that 0.1 + 0.2 is 0.3."""
    return Fraction(str(points))


def _freeze(instance: object, *names: str) -> None:
    for name in names:
        value: Any = getattr(instance, name)
        # A value of another type is left for the validator, which knows the line to mend.
        if isinstance(value, Mapping):
            object.__setattr__(instance, name, MappingProxyType(dict(value)))


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: a measure of at least `at` (0 to 1) earns these `points` on top of those below."""

    at: float
    points: float


@dataclass(frozen=True)
class Check:
    """One pytest function, and the points it pays when it passes.

    `ladder` maps a data source ("MNIST", "digits") to rungs that sum to `points`; `measure` names the number they
    read. `requires` names checks that must have passed. `limits` is a key of `GradingConfig.limits`.
    """

    name: str
    points: float
    visibility: Visibility = "hidden"
    ladder: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    measure: str = ""
    requires: tuple[str, ...] = ()
    limits: str = "unit"

    def __post_init__(self) -> None:
        _freeze(self, "ladder")


@dataclass(frozen=True)
class Part:
    """A rubric item: the points of its checks sum to its own; a `manual` part is marked by a person."""

    name: str
    title: str
    points: float
    checks: tuple[Check, ...] = ()
    file: str = ""
    bonus: bool = False
    manual: bool = False


@dataclass(frozen=True)
class Limits:
    """What one check may use: seconds of wall clock and CPU, bytes, handles, and libraries.

    `preload` names further modules that a submission may import in these checks; they are imported before confinement,
    so all that they import later must be named too.
    """

    call_seconds: float
    check_seconds: float
    load_seconds: float = 5
    memory_bytes: int = 1 << 30
    cpu_seconds: int = 60
    reply_bytes: int = 64 << 20
    handles: int = 10_000
    preload: tuple[str, ...] = ()


@dataclass(frozen=True)
class IntakeLimits:
    """What one upload may hold: bytes, entries, compression ratio, and folder depth."""

    file_bytes: int = 65_536
    notebook_bytes: int = 20 << 20
    archive_bytes: int = 50 << 20
    entries: int = 2_000
    ratio: int = 200
    depth: int = 8


@dataclass(frozen=True)
class LatePolicy:
    """What lateness costs.

    `penalty_per_day` is the fraction (0 to 1) of the earned points lost per day begun after the grace; a hand-in
    more than `max_days` late earns nothing (`None`: there is no last day).
    """

    grace_minutes: int = 0
    penalty_per_day: float = 0.0
    max_days: int | None = None


@dataclass(frozen=True)
class Quality:
    """What `gradekit verify` demands of a course, and how much of it the full form measures.

    Least shares, 0 to 1:
    `wheats` of the right hand-ins earn all that they must; `chaffs` of the hand-ins with one known mistake lose points
    in its part; `named` of them get that mistake named, and no other; `pairs_refused` of the pairs of mistakes in
    different parts lose points in both, `pairs_named` get both named, `pairs_carried` lose nothing in parts that are
    made of others (those without a file of their own, and those that `composed` names); `mutants` of the reference lose points.

    Most: `wrong_part` points that mistakes may cost in any other part, `differences` gradings that may differ from
    another of the same hand-in.

    `pairs`, `repeats` and `slow_repeats` are how many the full form grades. `slow` are keys of `limits` whose checks
    take so long that they are left out but for one grading of every right hand-in and `slow_repeats` more.
    """

    wheats: float = 1.0
    chaffs: float = 1.0
    named: float = 1.0
    pairs_refused: float = 0.95
    pairs_named: float = 0.95
    pairs_carried: float = 0.9
    mutants: float = 1.0
    wrong_part: float = 0.0
    differences: int = 0
    pairs: int = 200
    repeats: int = 2000
    slow_repeats: int = 100
    slow: tuple[str, ...] = ()
    composed: tuple[str, ...] = ()


@dataclass(frozen=True)
class GradingConfig:
    """The whole rubric of one course; `load_config` is the only way in that validates it.

    `left_out` names checks that are there but not used: those of a part that is switched off.
    """

    lab: str
    title: str
    files: Mapping[str, tuple[str, ...]]
    given: Mapping[str, tuple[str, ...]]
    notebook: str
    parts: tuple[Part, ...]
    limits: Mapping[str, Limits]
    submission_seconds: float
    settings: Mapping[str, Setting]
    intake: IntakeLimits = IntakeLimits()
    late: LatePolicy = LatePolicy()
    quality: Quality = Quality()
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _freeze(self, "files", "given", "limits", "settings")

    @property
    def maximum(self) -> float:
        """Points of the parts that are not bonus; a total may exceed it by bonus points."""
        return float(sum((exact(part.points) for part in self.parts if not part.bonus), Fraction()))

    @property
    def checks(self) -> Mapping[str, Check]:
        """Every check by its name, in the order of the rubric."""
        return {check.name: check for part in self.parts for check in part.checks}

    @property
    def part_of(self) -> Mapping[str, Part]:
        """The part of every check, by the check's name."""
        return {check.name: part for part in self.parts for check in part.checks}
