"""What the checks of one part said, as lines for the cell: all of public checks, of hidden ones only the category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradekit.checkkit import CheckFailure


@dataclass
class Run:
    """One check: what it raised, the numbers that it counted and on which data, and its remarks."""

    error: BaseException | None = None
    measures: dict[str, float] = field(default_factory=dict)
    data: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether nothing was raised."""
        return self.error is None


def lines(names: Sequence[str], runs: Mapping[str, Run], rubric: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to print of the checks ``names``; a hidden check tells neither its title nor any value."""
    hidden = [name for name in names if rubric["checks"][name]["visibility"] == "hidden"]
    for name in names:
        if name not in hidden:
            yield _public(rubric["checks"][name]["title"], runs[name])
    passed = sum(runs[name].passed for name in hidden)
    if hidden:
        yield f"{passed} of {len(hidden)} hidden checks passed"
    yield from dict.fromkeys(_hidden(runs[name], rubric["categories"]) for name in hidden if not runs[name].passed)
    for name in names:
        yield from (f"{key} on {runs[name].data}: {value:.2%}" for key, value in runs[name].measures.items())
    yield from dict.fromkeys(f"remark: {text}" for name in names for text in runs[name].remarks)


def _public(title: str, run: Run) -> str:
    if run.passed:
        return f"passed  {title}"
    if isinstance(run.error, CheckFailure):
        return f"FAILED  {title}\n{run.error}"
    return f"FAILED  {title}\n{type(run.error).__name__}: {run.error}"


def _hidden(run: Run, categories: Mapping[str, str]) -> str:
    if isinstance(run.error, NotImplementedError):
        return "FAILED  a hidden check: not implemented yet"
    if not isinstance(run.error, CheckFailure):
        return "FAILED  a hidden check: the code raised an exception"
    what = categories.get(run.error.category, run.error.category.replace("-", " "))
    return f"FAILED  a hidden check: {what}" + (f"\n  {run.error.advice}" if run.error.advice else "")
