"""All that a report may show of a class, assembled once and the same for every format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from gradekit.records import Outcome, Record
from gradekit.report.classlist import ClassList
from gradekit.rubric import GradingConfig
from gradekit.scoring import Score, apply_late, days_begun, score

_NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Result:
    """One student: the record, and the score that the rubric gives it."""

    record: Record
    score: Score

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of every check of the rubric, in its order."""
        return tuple(check.outcome for part in self.score.parts.values() for check in part.checks)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """Names of the misconceptions found, each once, in the order of the rubric."""
        return tuple(dict.fromkeys(name for outcome in self.outcomes for name in outcome.misconceptions))

    @property
    def flags(self) -> tuple[str, ...]:
        """What an assistant should look at, each once."""
        return tuple(dict.fromkeys(flag for outcome in self.outcomes for flag in outcome.flags))

    @property
    def data(self) -> tuple[str, ...]:
        """The data sources on which measures were counted."""
        return tuple(dict.fromkeys(outcome.data for outcome in self.outcomes if outcome.data))


@dataclass(frozen=True)
class ClassReport:
    """A class: results in the order of the ids, titles by check, and hints (title, text) by misconception.

    `class_list` is what a course platform knows of the students, where they come from one; `allow_above_maximum` lets
    more than its maximum go back to it.
    """

    config: GradingConfig
    results: tuple[Result, ...]
    titles: Mapping[str, str]
    hints: Mapping[str, tuple[str, str]]
    class_list: ClassList | None = None
    allow_above_maximum: bool = False

    def only(self, students: Collection[str]) -> ClassReport:
        """The same report for some of the students."""
        return replace(self, results=tuple(result for result in self.results if result.record.student in students))

    @property
    def data(self) -> tuple[str, ...]:
        """The data sources that any result was measured on."""
        return tuple(dict.fromkeys(source for result in self.results for source in result.data))

    @property
    def unconfined(self) -> int:
        """How many graded submissions ran without confinement."""
        return sum(result.record.status == "graded" and not result.record.confined for result in self.results)


def assemble(
    records: Iterable[Record],
    config: GradingConfig,
    titles: Mapping[str, str],
    hints: Mapping[str, tuple[str, str]],
    *,
    minutes_late: Mapping[str, float] = _NONE,
    marks: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    class_list: ClassList | None = None,
    allow_above_maximum: bool = False,
) -> ClassReport:
    """Score `records`; `minutes_late` and `marks` (points by manual part) are keyed by student."""
    results = []
    for record in sorted(records, key=lambda record: record.student):
        scored = score(record, config, marks.get(record.student, _NONE))
        days = days_begun(minutes_late.get(record.student, 0.0), config.late)
        results.append(Result(record, apply_late(scored, days, config.late)))
    return ClassReport(
        config,
        tuple(results),
        MappingProxyType(dict(titles)),
        MappingProxyType(dict(hints)),
        class_list,
        allow_above_maximum,
    )
