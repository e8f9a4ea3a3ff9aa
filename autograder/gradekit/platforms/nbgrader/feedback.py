"""What a student reads in nbgrader: a summary at the top, the findings below each test cell, a comment on each solution cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradekit.platforms.nbgrader.source import cell_name
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import markdown, plain, plain_lines
from gradekit.report.findings import Finding, Section, remarks, sections
from gradekit.report.wording import PRACTICE, days, points
from gradekit.scoring import PartScore


def summary(result: Result) -> str:
    """Return the cell at the top, as Markdown: what hinders a grade, the points of each part, remarks."""
    return "\n".join(_summary(result)) + "\n"


def _summary(result: Result) -> Iterator[str]:
    record, score = result.record, result.score
    yield "## Automatic grading"
    yield ""
    if record.status == "graded" and not record.confined:
        yield from (f"**{PRACTICE}**", "")
    if record.status == "ungradable":
        yield from (f"**This hand-in could not be graded: {markdown(record.reason)}**", "")
    yield from ("| part | points |", "|:--|--:|")
    for part in score.parts.values():
        if not part.part.manual:
            yield f"| {markdown(part.part.title)} | {points(part.points)} of {points(part.maximum)} |"
    yield ""
    if score.days_late:
        yield from (f"Handed in {days(score.days_late)} late.", "")
    yield "The code was graded elsewhere, not by running this notebook: other outputs are those that were handed in."
    found = remarks(result)
    if found:
        yield from ("", "Remarks that cost nothing:", "", *(f"- {markdown(remark)}" for remark in found))


def outputs(report: ClassReport, result: Result) -> Mapping[str, str]:
    """Return test cell -> the text that stands below it."""
    told = {section.part.part.name: section for section in sections(result, report)}
    return {
        cell_name(part.part.name): "\n".join(_output(part, told.get(part.part.name), result)) + "\n"
        for part in result.score.parts.values()
        if not part.part.manual
    }


def comment(part: PartScore, section: Section | None) -> str:
    """Return the comment on the solution cell of a part, as Markdown."""
    head = f"**{markdown(part.part.title)}: {points(part.points)} of {points(part.maximum)} points.**"
    if section is None:
        return head
    notes = [markdown(note) for note in section.notes]
    return "\n\n".join([head, *notes, *(_short(finding) for finding in section.findings)])


def _short(finding: Finding) -> str:
    texts = [f"{plain(_title(finding))}: {finding.cause.what}.", finding.cause.advice]
    texts += [f"{title}. {hint}" for title, hint in finding.hints]
    return " ".join(markdown(text) for text in texts if text)


def _output(part: PartScore, section: Section | None, result: Result) -> Iterator[str]:
    yield f"{points(part.points)} of {points(part.maximum)} points"
    if result.record.status == "ungradable":
        yield plain(f"not graded: {result.record.reason}")
        return
    if section is None:
        yield "all checks passed"
        return
    yield from (plain(note) for note in section.notes)
    for finding in section.findings:
        yield ""
        yield plain(f"{_title(finding)} ({points(finding.lost)} points): {finding.cause.what}")
        for head, text in finding.cause.values:
            yield from (f"  {head}:", *(f"    {line}" for line in plain_lines(text).split("\n")))
        yield from (f"  {plain(text)}" for text in _advice(finding))


def _advice(finding: Finding) -> Iterator[str]:
    if finding.cause.advice:
        yield finding.cause.advice
    yield from (f"{title.rstrip('.')}. {hint}" for title, hint in finding.hints)


def _title(finding: Finding) -> str:
    return "; ".join(title.rstrip(".") for title in finding.titles)
