"""Which of a submission's parts work together, when those that are wrong by themselves are replaced by the reference's."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from checkkit import CheckFailure

from .idle import IDLE
from .stacks import Array, MixedStack, Options, OwnStack, Part, WatchedPart

GONE = {"time-out", "crashed", "memory", "protocol"}
ABSENT = {"not-implemented", "missing", "import-error", "syntax-error"}
LAYERS = ("Sigmoid", "Linear", "MSELoss")  # the parts that have a backward


Make = Callable[[Sequence[Array], Options], Any]
Exercise = Callable[[Make], None]


class Composition:
    """Judges what is made of several parts."""

    def __init__(self, lab: Any, reference: Any, remark: Callable[[str], None]) -> None:
        self._lab, self._reference, self._remark = lab, reference, remark

    def right(self, parameters: Sequence[Array], options: Options) -> OwnStack:
        """The reference's own stack."""
        return OwnStack(self._reference, parameters, options)

    def judge(self, exercise: Exercise, parts: Sequence[str]) -> Make:
        """Return how to make a stack that passes ``exercise`` and holds as many of the submission's ``parts`` as are right.

        ``exercise`` gets a function that makes a stack, and raises CheckFailure when the stack is wrong. Fails when the
        parts do not work together, when more than one is not there at all, or when too few are right.
        """
        failure = self._attempt(exercise, lambda *a: OwnStack(self._lab, *a))
        if failure is None:
            return lambda *a: OwnStack(self._lab, *a)
        alone = {part: self._alone(part, exercise, failure) for part in parts}
        works = [part for part in parts if alone[part] is None]
        absent = [part for part in parts if alone[part] is not None and self._is_absent(part, alone[part])]
        if len(works) == len(parts):
            failure.advice = (
                f"{', '.join(parts)} are each right by themselves, but not together: do objects share something that "
                "each should have for itself, or does one change what another still needs?"
            )
            raise failure
        enough = len(works) >= (2 if absent else 1) and set(works) & set(LAYERS)
        if len(absent) > 1 or not enough:
            raise failure
        together = self._attempt(exercise, self._mixed(works, Part))
        if together is not None:
            raise together
        others = ", ".join(part for part in parts if part not in works)
        self._remark(
            f"Checked with the course's {others} in place of yours, so that an error there is not counted again."
        )
        return self._mixed(works, Part)

    def _alone(self, part: str, exercise: Exercise, failure: CheckFailure) -> CheckFailure | None:
        """What is wrong with one part among the reference's; a part that is known to have ended the process is not tried again."""
        if _status(failure) in GONE and failure.called.startswith(f"{part}."):
            return failure
        return self._attempt(exercise, self._mixed([part], WatchedPart))

    def _mixed(self, own: Sequence[str], kind: type[Part]) -> Make:
        labs = {part: self._lab if part in own else self._reference for part in (*LAYERS, "SGD")}
        return lambda *a: MixedStack({part: kind(part, lab) for part, lab in labs.items()}, *a)

    def _attempt(self, exercise: Exercise, make: Make) -> CheckFailure | None:
        try:
            with np.errstate(all="ignore"):
                exercise(make)
        except CheckFailure as failure:
            if _status(failure) in GONE:
                self._lab = self._lab.renewed()
            return failure
        except NotImplementedError as error:
            return CheckFailure("not-implemented", called="the network", got=str(error))
        except (ImportError, SyntaxError) as error:
            return CheckFailure("missing", called="the network", got=f"{type(error).__name__}: {error}")
        except Exception as error:
            return CheckFailure("raised", called="the network", got=f"{type(error).__name__}: {error}")
        return None

    def _is_absent(self, part: str, failure: CheckFailure) -> bool:
        """Whether a part is not there at all: a stub, or something that does nothing with what it is given."""
        if _status(failure) in ABSENT:
            return True
        try:
            return IDLE[part](self._lab)
        except Exception as error:  # it does something, if only to fail
            if _status(error) in GONE:
                self._lab = self._lab.renewed()
            return False


def _status(error: Exception) -> str:
    return getattr(error, "status", getattr(error, "category", ""))
