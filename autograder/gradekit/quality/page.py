"""The result of a verification as Markdown, put between two markers of a page that explains it."""

from __future__ import annotations

from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.quality.finding import Finding
from gradekit.quality.verify import Verification

BEGIN, END = "<!-- verify: begin -->", "<!-- verify: end -->"


def figure_text(finding: Finding) -> str:
    """Return the figure as a person reads it: a percentage, or an amount."""
    if not finding.total:
        return "-"
    return f"{finding.figure:g}" if finding.most else _percent(finding.figure)


def bound_text(finding: Finding) -> str:
    """Return the bound as a person reads it."""
    return f"at most {finding.bound:g}" if finding.most else f"at least {_percent(finding.bound)}"


def count_text(finding: Finding) -> str:
    """Return how many gradings the figure comes from."""
    return f"{finding.right} of {finding.total}" if finding.total else "nothing to measure"


def result_text(verification: Verification, command: str, date: str) -> str:
    """Return the findings as a table, the stages, and what was missed; nothing of the machine but the time it took."""
    seconds = sum(stage.seconds for stage in verification.stages)
    gradings = sum(stage.gradings for stage in verification.stages)
    lines = [
        f"{date}, `{command}`: {gradings} gradings in {seconds / 60:.0f} minutes; "
        f"{'every bound is kept' if verification.passed else '**a bound is missed**'}.",
        "",
        "| finding | figure | as they must be | bound |",
        "| --- | ---: | ---: | --- |",
    ]
    for finding in verification.findings:
        missed = "" if finding.passed else ", **missed**"
        lines.append(
            f"| {finding.what} | {figure_text(finding)} | {count_text(finding)} | {bound_text(finding)}{missed} |"
        )
    lines += ["", "| stage | gradings | minutes |", "| --- | ---: | ---: |"]
    lines += [f"| {stage.title} | {stage.gradings} | {stage.seconds / 60:.1f} |" for stage in verification.stages]
    misses = [miss for finding in verification.findings for miss in finding.misses]
    if misses:
        lines += ["", "Not as they must be:", "", *(f"- {miss}" for miss in misses)]
    return "\n".join(lines)


def write_result(page: Path, text: str) -> None:
    """Put ``text`` between the markers of ``page``; raises GradekitError where it has none."""
    try:
        old = page.read_text(encoding="utf-8")
    except OSError as error:
        raise GradekitError(f"{page}: cannot be read ({error.strerror})") from error
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise GradekitError(f"{page}: the result goes between the lines {BEGIN} and {END}; it has none")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _percent(share: float) -> str:
    # never rounded up to a whole that was not reached
    return f"{int(share * 1000) / 10:g} %"
