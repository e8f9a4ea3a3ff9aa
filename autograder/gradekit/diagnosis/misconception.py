"""A named mistake: a wrong variant of one function, method or class of the reference, and what to tell about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """One known mistake.

    Attributes
    ----------
    name : kebab-case, unique in the course.
    part : the one part of the rubric that it costs.
    target : what it replaces in the reference: ``"layers.py:Linear.backward"``, a function, or a class.
    title : one line for reports.
    hint : 40 to 120 plain words for the student: what to look at, never the solution.
    source : Python text that defines the target anew. Of a class it holds only the members that differ; whatever else
        stands beside the target is a helper, and goes before it.
    """

    name: str
    part: str
    target: str
    title: str
    hint: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "hint", " ".join(self.hint.split()))

    @property
    def file(self) -> str:
        """The file of the reference that the mistake is in."""
        return self.target.partition(":")[0]

    @property
    def path(self) -> tuple[str, ...]:
        """The target inside its file, outermost name first."""
        return tuple(self.target.partition(":")[2].split("."))
