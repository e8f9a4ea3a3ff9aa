"""The class as a table in the terminal: student × part, total, status, and a summary."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from statistics import mean, median

from rich import box
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import terminal
from gradekit.report.wording import PRACTICE, days, points
from gradekit.scoring import PartScore

_NAME_WIDTH = 28
_LEAST_NAME_WIDTH = 12
_STATUS_WIDTH = len("ungradable")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def class_table(report: ClassReport) -> RenderableType:
    """What to print for the class; it fits the width of whatever console prints it."""
    return _ClassTable(report)


class _ClassTable:
    def __init__(self, report: ClassReport) -> None:
        self._report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report = self._report
        parts = report.config.parts
        unbounded = options.update(max_width=10_000)
        yield from _banner(report)
        named = _table(report, [part.name.replace("-", "-\n") for part in parts], _NAME_WIDTH, decimals=1)
        if console.measure(named, options=unbounded).maximum <= options.max_width:
            yield named
        else:
            labels = [_LETTERS[index] if index < len(_LETTERS) else str(index + 1) for index in range(len(parts))]
            lettered = _table(report, labels, _NAME_WIDTH, decimals=0)
            # A long status goes over several lines before a name is cut.
            status = max((_status(result).cell_len for result in report.results), default=0)
            excess = console.measure(lettered, options=unbounded).maximum - options.max_width
            cut = max(0, excess - max(0, status - _STATUS_WIDTH))
            yield _table(report, labels, max(_LEAST_NAME_WIDTH, _NAME_WIDTH - cut), decimals=0)
            yield _legend(report, labels)
        yield from _notes(report)
        yield _summary(report)


def _banner(report: ClassReport) -> Iterator[Text]:
    if report.unconfined:
        count = f"({report.unconfined} of {len(report.results)} submissions)"
        yield Text(f"{PRACTICE} {count}", style="bold black on yellow")


def _table(report: ClassReport, labels: list[str], name_width: int, decimals: int) -> Table:
    graded = [result for result in report.results if result.record.status == "graded"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_footer=len(graded) > 1)
    table.add_column("student", footer="mean", max_width=name_width, no_wrap=True, overflow="ellipsis")
    for label, part in zip(labels, report.config.parts, strict=True):
        of_part = [result.score.parts[part.name] for result in graded]
        footer = _mean([scored.points for scored in of_part if not scored.pending], decimals)
        table.add_column(Text(label), footer=footer, justify="right", vertical="bottom", no_wrap=True)
    total = f"total\nof {points(report.config.maximum)}"
    footer = _mean([result.score.total for result in graded], decimals=1)
    table.add_column(total, footer=footer, justify="right", no_wrap=True)
    table.add_column("status", min_width=_STATUS_WIDTH)
    for result in report.results:
        score = result.score
        table.add_row(
            Text(terminal(result.record.student) or "(no name)"),
            *(_cell(part) for part in score.parts.values()),
            Text(points(score.total), style="bold"),
            _status(result),
        )
    return table


def _cell(part: PartScore) -> Text:
    if part.pending:
        return Text("–", style="dim")
    if part.points >= part.maximum:
        style = "green"
    elif part.points > 0:
        style = "yellow"
    else:
        style = "dim" if part.part.bonus else "red"
    return Text(points(part.points), style=style)


def _status(result: Result) -> Text:
    text = Text(result.score.status, style="" if result.score.status == "graded" else "bold red")
    if result.score.days_late:
        text.append(f", {days(result.score.days_late)} late", style="yellow")
    if result.flags:
        text.append(", flagged", style="magenta")
    return text


def _mean(values: list[float], decimals: int) -> str:
    scale = 10**decimals
    return points(floor(mean(values) * scale + 0.5) / scale) if values else ""


def _legend(report: ClassReport, labels: list[str]) -> Columns:
    entries = [
        Text.assemble((label, "bold"), f" {part.name} ({'+' if part.bonus else ''}{points(part.points)})")
        for label, part in zip(labels, report.config.parts, strict=True)
    ]
    return Columns(entries, padding=(0, 2))


def _notes(report: ClassReport) -> Iterator[RenderableType]:
    lines = []
    for result in report.results:
        notes = [f"ungradable: {result.record.reason}"] if result.record.status == "ungradable" else []
        notes += [f"flag: {flag}" for flag in result.flags]
        broken = [outcome.check for outcome in result.outcomes if outcome.status == "internal-error"]
        notes += [f"the grader failed in {', '.join(broken)}"] if broken else []
        unrun = result.score.unrun
        notes += [f"not run yet: {', '.join(unrun)} (grade again)"] if unrun else []
        for note in notes:
            line = Text(overflow="fold")
            name = Text(terminal(result.record.student), style="bold")
            name.truncate(_NAME_WIDTH, overflow="ellipsis")
            lines.append(line.append_text(name).append(f"  {_shortened(terminal(note))}"))
    if lines:
        yield Group(Text(), *lines)


def _shortened(text: str) -> str:
    return text if len(text) <= 300 else text[:299] + "…"


def _summary(report: ClassReport) -> Text:
    totals = [result.score.total for result in report.results if result.record.status == "graded"]
    ungradable = len(report.results) - len(totals)
    text = Text(f"\n{len(totals)} graded", style="bold")
    if ungradable:
        text.append(f", {ungradable} ungradable", style="red")
    if len(totals) > 1:
        text.append(
            f"; of the graded: lowest {points(min(totals))}, median {points(median(totals))}, "
            f"highest {points(max(totals))} of {points(report.config.maximum)} points",
            style="not bold",
        )
    if report.data:
        text.append(
            f"\nAccuracies were counted on: {', '.join(terminal(source) for source in report.data)}", "not bold"
        )
    return text
