"""One gradient of a hand-in beside its numerical value: what a gradient debugger shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Gradient:
    """What backward gave (anything at all), and what it should be, by differences; ``given`` are the inputs by name."""

    name: str
    got: object
    numeric: Array
    given: Mapping[str, object] = field(default_factory=dict)

    def comparable(self) -> Array | None:
        """``got`` as float64 where it is a numeric array of the right shape, else None."""
        if type(self.got) is not np.ndarray or self.got.dtype.kind not in "fiu" or self.got.shape != self.numeric.shape:
            return None
        return self.got.astype(np.float64)

    def relative_error(self) -> Array | None:
        """Element by element, |got − numeric| relative to the largest |numeric|; None where the two cannot be compared."""
        got = self.comparable()
        if got is None:
            return None
        scale = float(np.abs(self.numeric).max()) or 1.0
        return np.asarray(np.abs(got - self.numeric) / scale)
