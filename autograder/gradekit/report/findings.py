"""What the failed checks of one result have to tell the student: no value of a hidden check is in it.

A hidden check shows only its category, advice and hint: neither its title nor any value, and not what the code
printed while it ran, because code can print its arguments. Where a check did not come to its comparison, even the
category is ours, because an exception can be named after them.

The texts are not escaped yet: some of them come from a submission.
"""

from __future__ import annotations

from dataclasses import dataclass

from gradekit.records import Outcome
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.wording import STATUS_TEXT, category_text, points
from gradekit.scoring import CheckScore, PartScore

MAX_OUTPUT = 4096  # bytes of what the submission printed
MAX_VALUE = 4000  # characters of one thing called, got or expected


@dataclass(frozen=True)
class Cause:
    """What one failed check says; checks of a part that say the same are told together."""

    public: bool
    what: str
    values: tuple[tuple[str, str], ...]
    advice: str
    misconceptions: tuple[str, ...]
    output: str


@dataclass(frozen=True)
class Finding:
    """A cause with its checks, the points they would have paid, and the hints as titled texts."""

    titles: tuple[str, ...]
    lost: float
    cause: Cause
    hints: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A part with what its checks found, and notes on passed checks that paid less than all their points."""

    part: PartScore
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def sections(result: Result, report: ClassReport) -> list[Section]:
    """The parts that have something to say; a hint is given in full once on a page."""
    told_of: list[Section] = []
    told: set[str] = set()
    for part in result.score.parts.values():
        causes: dict[Cause, list[CheckScore]] = {}
        for check in part.checks:
            if check.outcome.status != "passed":
                causes.setdefault(_cause(check), []).append(check)
        findings = tuple(_finding(cause, checks, report, told) for cause, checks in causes.items())
        short = [
            check for check in part.checks if check.outcome.status == "passed" and check.points < check.check.points
        ]
        notes = tuple(shortfall(check, report) for check in short)
        if findings or notes:
            told_of.append(Section(part, findings, notes))
    return told_of


def finding_of(check: CheckScore, report: ClassReport) -> Finding | None:
    """What one check found, by itself; None where it passed."""
    return None if check.outcome.status == "passed" else _finding(_cause(check), [check], report, set())


def _cause(check: CheckScore) -> Cause:
    outcome = check.outcome
    failed = outcome.status == "failed"
    what = category_text(outcome.category) if failed else STATUS_TEXT[outcome.status]
    if check.check.visibility == "hidden":
        return Cause(False, what, (), outcome.advice if failed else "", outcome.misconceptions, "")
    output = _printed(outcome.output)
    return Cause(True, what, _values(outcome), outcome.advice, outcome.misconceptions, output)


def _finding(cause: Cause, checks: list[CheckScore], report: ClassReport, told: set[str]) -> Finding:
    if cause.public:
        titles = tuple(report.titles.get(check.check.name, check.check.name) for check in checks)
    else:
        titles = ("A hidden check" if len(checks) == 1 else f"{len(checks)} hidden checks",)
    hints = []
    for name in cause.misconceptions:
        if name in report.hints:
            title, hint = report.hints[name]
            hints.append((title, "See the hint above." if name in told else hint))
            told.add(name)
    return Finding(titles, sum(check.check.points for check in checks), cause, tuple(hints))


def _values(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    if outcome.status == "not-implemented":  # an untouched stub is told in one line, or its page would be endless
        return (("Came back", _shortened(outcome.got.partition("\n")[0])),) if outcome.got else ()
    headed = (("Called", outcome.called), ("Came back", outcome.got), ("Expected", outcome.expected))
    return tuple((head, _shortened(text)) for head, text in headed if text.strip())


def shortfall(check: CheckScore, report: ClassReport) -> str:
    """One sentence on why a passed check paid less than all its points."""
    name = report.titles.get(check.check.name, check.check.name)
    subject = name.rstrip(".") if check.check.visibility == "public" else "A hidden check"
    if check.unmet:
        checks = report.config.checks
        public = [report.titles.get(name, name) for name in check.unmet if checks[name].visibility == "public"]
        return f"{subject}: passed, but it pays only together with: {'; '.join(public) or 'another check.'}"
    reached = check.outcome.measures[check.check.measure]
    above = [rung for rung in check.check.ladder[check.outcome.data] if rung.at > reached]
    return (
        f"{check.check.measure.capitalize()} on {check.outcome.data}: {reached:.2%}, "
        f"{points(check.points)} of {points(check.check.points)} points. The next step is at {above[0].at:.0%}."
    )


def remarks(result: Result) -> tuple[str, ...]:
    """What costs nothing but is worth a word, each once: first of the hand-in as a whole, then of the checks."""
    of_checks = (remark for outcome in result.outcomes for remark in outcome.remarks)
    return tuple(dict.fromkeys((*result.record.remarks, *of_checks)))


def _printed(output: str) -> str:
    cut = output.encode("utf-8", "replace")[:MAX_OUTPUT].decode("utf-8", "ignore")
    return cut if cut.strip() else ""


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_VALUE else text[:MAX_VALUE] + " …"
