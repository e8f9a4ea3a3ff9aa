"""How much of a verification is done: everything, or a drawn sample that takes minutes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gradekit.rubric import Quality

_SHARE = 0.1
_REPEATS = 40
_SLOW = 2
_SEED_BITS = 63
_Item = TypeVar("_Item")


class Progress(Protocol):
    """Who watches a verification."""

    def stage(self, title: str, total: int) -> None:
        """``total`` gradings under this title begin."""

    def step(self) -> None:
        """One grading has ended."""


@dataclass(frozen=True)
class Plan:
    """The size of each stage.

    Attributes
    ----------
    seed : what all draws and checks of this verification come from.
    share : the share of single mistakes and of mutants that is graded, drawn at random.
    pairs, repeats, slow_repeats : numbers of gradings.
    slow_handins : right hand-ins whose slow checks run too; None: all.
    processes : grader processes; 0: one per core.
    """

    full: bool
    seed: int
    share: float
    pairs: int
    repeats: int
    slow_repeats: int
    slow_handins: int | None
    processes: int = 0

    @classmethod
    def everything(cls, quality: Quality, seed: int, processes: int = 0) -> Plan:
        """Return the full form."""
        return cls(True, seed, 1.0, quality.pairs, quality.repeats, quality.slow_repeats, None, processes)

    @classmethod
    def sample(cls, quality: Quality, seed: int, processes: int = 0) -> Plan:
        """Return the quick form: a tenth of the mistakes, pairs and mutants, and some dozens of repeated gradings."""
        repeats, slow = min(quality.repeats, _REPEATS), min(quality.slow_repeats, _SLOW)
        return cls(False, seed, _SHARE, round(_SHARE * quality.pairs), repeats, slow, _SLOW, processes)

    def chosen(self, items: Sequence[_Item], what: str) -> list[_Item]:
        """Return the share of ``items`` that this plan grades, in their order, at least one of any."""
        count = min(len(items), max(1, round(self.share * len(items))))
        return [items[index] for index in sorted(self.draw(what).sample(range(len(items)), count))]

    def seeds(self, what: str) -> Iterator[int]:
        """Yield a new seed for every grading."""
        draw = self.draw(what)
        while True:
            yield draw.getrandbits(_SEED_BITS)

    def draw(self, what: str) -> random.Random:
        """Return random numbers for one purpose, which no other stage shifts."""
        return random.Random(f"{self.seed} {what}")  # noqa: S311 - a sample, not a secret
