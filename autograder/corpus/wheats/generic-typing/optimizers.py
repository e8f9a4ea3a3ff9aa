from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


class SGD:
    def __init__(self, parameters: Iterable[Array], lr: float, momentum: float = 0.0) -> None:
        self.parameters: Final[list[Array]] = list(parameters)
        self.lr: Final[float] = lr
        self.momentum: Final[float] = momentum
        self._velocities: list[Array] = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients: Sequence[Array]) -> None:
        for p, v, g in zip(self.parameters, self._velocities, gradients):
            v[...] = self.momentum * v + g
            p[...] = p - self.lr * v
