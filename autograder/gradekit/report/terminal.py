"""The class as a table in the terminal: student × part, total, status, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from gradekit.rubric import Part
from gradekit.scoring import PartScore

_NAME_WIDTH = 28
_LEAST_NAME_WIDTH = 12
_STATUS_WIDTH = len("ungradable")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_Labels = Mapping[str, Sequence[Part]]  # heading of a column -> the parts that it sums up


def class_table(report: ClassReport) -> RenderableType:
    """What to print for the class; it fits the width of whatever console prints it."""
    return _ClassTable(report)


class _ClassTable:
    def __init__(self, report: ClassReport) -> None:
        self._report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report = self._report
        unbounded = options.update(max_width=10_000)
        yield from _banner(report)
        columns = _columns(report)
        named = _table(report, {part.name.replace("-", "-\n"): (part,) for part in columns}, _NAME_WIDTH, decimals=1)
        if console.measure(named, options=unbounded).maximum <= options.max_width:
            yield named
        else:
            labels = _lettered(columns)
            lettered = _table(report, labels, _NAME_WIDTH, decimals=0)
            # A long status goes over several lines before a name is cut.
            status = max((_status(result).cell_len for result in report.results), default=0)
            excess = console.measure(lettered, options=unbounded).maximum - options.max_width
            cut = max(0, excess - max(0, status - _STATUS_WIDTH))
            yield _table(report, labels, max(_LEAST_NAME_WIDTH, _NAME_WIDTH - cut), decimals=0)
            yield _legend(labels)
        yield from _notes(report)
        yield _summary(report)


def _banner(report: ClassReport) -> Iterator[Text]:
    if report.unconfined:
        count = f"({report.unconfined} of {len(report.results)} submissions)"
        yield Text(f"{PRACTICE} {count}", style="bold black on yellow")


def _columns(report: ClassReport) -> list[Part]:
    """The parts to show: not those that a person marks, until the first student's is marked."""
    marked = {part.part.name for result in report.results for part in result.score.parts.values() if not part.pending}
    return [part for part in report.config.parts if not part.manual or part.name in marked]


def _lettered(parts: Sequence[Part]) -> _Labels:
    """One letter for each part, and one for all together that a person marks."""
    by_hand = [part for part in parts if part.manual]
    groups = [by_hand if part.manual else [part] for part in parts if part not in by_hand[1:]]
    return {_LETTERS[index] if index < len(_LETTERS) else str(index + 1): group for index, group in enumerate(groups)}


def _table(report: ClassReport, labels: _Labels, name_width: int, decimals: int) -> Table:
    graded = [result for result in report.results if result.record.status == "graded"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_footer=len(graded) > 1)
    table.add_column("student", footer="mean", max_width=name_width, no_wrap=True, overflow="ellipsis")
    for label, parts in labels.items():
        of_parts = [_scores(result, parts) for result in graded]
        footer = _mean([sum(part.points for part in scores) for scores in of_parts if scores], decimals)
        table.add_column(Text(label), footer=footer, justify="right", vertical="bottom", no_wrap=True)
    total = f"total\nof {points(report.config.maximum)}"
    footer = _mean([result.score.total for result in graded], decimals=1)
    table.add_column(total, footer=footer, justify="right", no_wrap=True)
    table.add_column("status", min_width=_STATUS_WIDTH)
    for result in report.results:
        table.add_row(
            Text(terminal(result.record.student) or "(no name)"),
            *(_cell(_scores(result, parts)) for parts in labels.values()),
            Text(points(result.score.total), style="bold"),
            _status(result),
        )
    return table


def _scores(result: Result, parts: Sequence[Part]) -> list[PartScore]:
    """What is marked of the parts of one column."""
    return [score for part in parts if not (score := result.score.parts[part.name]).pending]


def _cell(scores: Sequence[PartScore]) -> Text:
    if not scores:
        return Text("–", style="dim")
    earned = sum(part.points for part in scores)
    if earned >= sum(part.maximum for part in scores):
        style = "green"
    elif earned > 0:
        style = "yellow"
    else:
        style = "dim" if all(part.part.bonus for part in scores) else "red"
    return Text(points(earned), style=style)


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


def _legend(labels: _Labels) -> Columns:
    entries = []
    for label, parts in labels.items():
        worth = f"{'+' if parts[0].bonus else ''}{points(sum(part.points for part in parts))}"
        name = parts[0].name if len(parts) == 1 else "marked by hand"
        entries.append(Text.assemble((label, "bold"), f" {name} ({worth})"))
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
    shown = _columns(report)
    if waiting := [part.name for part in report.config.parts if part not in shown]:
        text.append(f"\nNot marked yet: {', '.join(waiting)} (a person marks them, see report --marks)", "not bold")
    if report.data:
        text.append(
            f"\nAccuracies were counted on: {', '.join(terminal(source) for source in report.data)}", "not bold"
        )
    return text
