"""The one exception by which a check says what was called, what came back and what was expected."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

MISSING = "missing"
NOT_IMPLEMENTED = "not-implemented"
RAISED = "raised"
TYPE = "type"
SHAPE = "shape"
DTYPE = "dtype"
NOT_FINITE = "not-finite"
VALUE = "value"
ARGUMENT_CHANGED = "argument-changed"
STATE = "state"
WARNING = "warning"
ACCURACY = "accuracy"

HEADLINES = {
    MISSING: "not found",
    NOT_IMPLEMENTED: "not implemented yet",
    RAISED: "raised an exception",
    TYPE: "returned the wrong type",
    SHAPE: "returned the wrong shape",
    DTYPE: "returned the wrong dtype",
    NOT_FINITE: "returned numbers that are not finite",
    VALUE: "returned wrong values",
    ARGUMENT_CHANGED: "changed what it was given",
    STATE: "depends on other calls or objects",
    WARNING: "emitted a warning",
    ACCURACY: "is not accurate enough",
}

_HINT_WIDTH = 88  # characters, behind a label of 12


class CheckFailure(AssertionError):
    """A submission did not do what the contract says.

    ``category`` is one of the constants of this module, or another status of the grader's. ``called``, ``got``,
    ``expected`` and ``advice`` are texts for the student; the first line of ``called`` never holds an input, and
    ``advice`` holds no input. ``actual`` is what came back, for machines.
    """

    def __init__(
        self,
        category: str,
        *,
        called: str = "",
        got: str = "",
        expected: str = "",
        advice: str = "",
        actual: Iterable[object] = (),
    ) -> None:
        super().__init__(category)
        self.category = category
        self.called = called
        self.got = got
        self.expected = expected
        self.advice = advice
        self.actual = tuple(actual)

    def __str__(self) -> str:
        call, _, given = self.called.partition("\n")
        headline = HEADLINES.get(self.category, self.category)
        advice = textwrap.fill(self.advice, _HINT_WIDTH, break_long_words=False, break_on_hyphens=False)
        fields = (("given", given), ("returned", self.got), ("expected", self.expected), ("hint", advice))
        return "\n".join([f"{call} {headline}".strip(), *(_field(label, text) for label, text in fields if text)])


def _field(label: str, text: str) -> str:
    return f"  {label:<10}" + text.replace("\n", "\n" + 12 * " ")
