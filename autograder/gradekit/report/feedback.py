"""One Markdown page per student: the points, and for every failed check what helps to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from gradekit.errors import GradekitError
from gradekit.records import Outcome, file_stem, write_atomically
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import markdown, markdown_fence
from gradekit.report.wording import PRACTICE, STATUS_TEXT, category_text, days, points
from gradekit.scoring import CheckScore, PartScore

FOLDER = "feedback"
MAX_OUTPUT = 4096  # bytes of what the submission printed
MAX_VALUE = 4000  # characters of one thing called, got or expected


def write_feedback(report: ClassReport, out: Path) -> Path:
    """Write `out/feedback/STUDENT.md` for every student and return the folder; GradekitError if it cannot be."""
    folder = out / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise GradekitError(f"{folder}: cannot be made ({error.strerror}). Remove what is in the way.") from error
    for result in report.results:
        write_atomically(folder / f"{file_stem(result.record.student)}.md", feedback_page(report, result).encode())
    return folder


def feedback_page(report: ClassReport, result: Result) -> str:
    """The page of one student, as Markdown.

    A hidden check shows only its category, advice and hint: neither its title nor any value, and not what the code
    printed while it ran, because code can print its arguments. Where a check did not come to its comparison, even the
    category is ours, because an exception can be named after them.
    """
    score = result.score
    page = _template().render(
        title=report.config.title,
        student=result.record.student,
        score=score,
        record=result.record,
        practice=PRACTICE if result.record.status == "graded" and not result.record.confined else "",
        late=days(score.days_late) if score.days_late else "",
        data=", ".join(result.data),
        sections=_sections(result, report),
        remarks=tuple(dict.fromkeys((*result.record.remarks, *_remarks(result)))),
    )
    return page.rstrip("\n") + "\n"


@dataclass(frozen=True)
class _Cause:
    """What one failed check says; checks of a part that say the same are told together."""

    public: bool
    what: str
    values: tuple[tuple[str, str], ...]
    advice: str
    misconceptions: tuple[str, ...]
    output: str


@dataclass(frozen=True)
class _Finding:
    """A cause with its checks, the points they would have paid, and the hints as titled texts."""

    titles: tuple[str, ...]
    lost: float
    cause: _Cause
    hints: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Section:
    part: PartScore
    findings: tuple[_Finding, ...]
    notes: tuple[str, ...]


def _sections(result: Result, report: ClassReport) -> list[_Section]:
    """The parts that have something to say; a hint is given in full once on a page."""
    sections = []
    told: set[str] = set()
    for part in result.score.parts.values():
        causes: dict[_Cause, list[CheckScore]] = {}
        for check in part.checks:
            if check.outcome.status != "passed":
                causes.setdefault(_cause(check), []).append(check)
        findings = tuple(_finding(cause, checks, report, told) for cause, checks in causes.items())
        short = [
            check for check in part.checks if check.outcome.status == "passed" and check.points < check.check.points
        ]
        notes = tuple(_shortfall(check, report) for check in short)
        if findings or notes:
            sections.append(_Section(part, findings, notes))
    return sections


def _cause(check: CheckScore) -> _Cause:
    outcome = check.outcome
    failed = outcome.status == "failed"
    what = category_text(outcome.category) if failed else STATUS_TEXT[outcome.status]
    if check.check.visibility == "hidden":
        return _Cause(False, what, (), outcome.advice if failed else "", outcome.misconceptions, "")
    output = _printed(outcome.output)
    return _Cause(True, what, _values(outcome), outcome.advice, outcome.misconceptions, output)


def _finding(cause: _Cause, checks: list[CheckScore], report: ClassReport, told: set[str]) -> _Finding:
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
    return _Finding(titles, sum(check.check.points for check in checks), cause, tuple(hints))


def _values(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    if outcome.status == "not-implemented":  # an untouched stub is told in one line, or its page would be endless
        return (("Came back", _shortened(outcome.got.partition("\n")[0])),) if outcome.got else ()
    headed = (("Called", outcome.called), ("Came back", outcome.got), ("Expected", outcome.expected))
    return tuple((head, _shortened(text)) for head, text in headed if text.strip())


def _shortfall(check: CheckScore, report: ClassReport) -> str:
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


def _remarks(result: Result) -> list[str]:
    return [remark for outcome in result.outcomes for remark in outcome.remarks]


def _printed(output: str) -> str:
    cut = output.encode("utf-8", "replace")[:MAX_OUTPUT].decode("utf-8", "ignore")
    return cut if cut.strip() else ""


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_VALUE else text[:MAX_VALUE] + " …"


class _Markdown(str):
    """Text that is Markdown already; all other text is escaped when the template shows it."""

    __slots__ = ()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(  # noqa: S701 - `finalize` escapes, for Markdown instead of HTML
        loader=jinja2.PackageLoader("gradekit.report"),
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: value if isinstance(value, _Markdown) else markdown(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["fence"] = lambda text: _Markdown(markdown_fence(text))
    environment.filters["heading"] = lambda text: text.rstrip(".")
    environment.filters["sentence"] = lambda text: text[:1].upper() + text[1:].rstrip(".") + "."
    environment.filters["points"] = lambda value: _Markdown(points(value))
    return environment.get_template("feedback.md.j2")
