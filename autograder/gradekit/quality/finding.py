"""One figure of a verification, the bound that it must keep, and what it counts against the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A measured figure and its bound.

    ``figure`` is a share (0 to 1) that must be at least ``bound``, or, where ``most`` is set, an amount that must be at
    most ``bound``. ``right`` of ``total`` gradings were as they must be; ``misses`` says, one line each, which were not.
    """

    name: str
    what: str
    right: int
    total: int
    figure: float
    bound: float
    most: bool = False
    misses: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the figure keeps its bound; where nothing was measured there is nothing to miss."""
        return self.figure <= self.bound if self.most else self.figure >= self.bound


def share(name: str, what: str, bound: float, misses: Sequence[str], total: int) -> Finding:
    """Return the share of ``total`` gradings without a miss (one line a grading); of nothing at all it is 1."""
    right = total - len(misses)
    return Finding(name, what, right, total, right / total if total else 1.0, bound, misses=tuple(misses))


def amount(name: str, what: str, bound: float, figure: float, misses: Sequence[str], total: int) -> Finding:
    """Return an amount counted over ``total`` gradings; ``misses`` says, a line a grading, what adds to it."""
    return Finding(name, what, total - len(misses), total, figure, bound, most=True, misses=tuple(misses))
