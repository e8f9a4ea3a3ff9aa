from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class _Pair(NamedTuple):
    prediction: NDArray[np.floating]
    target: NDArray[np.floating]

    @property
    def difference(self) -> NDArray[np.floating]:
        return self.prediction - self.target


class MSELoss:
    _pair: _Pair

    def forward(self, prediction: NDArray[np.floating], target: NDArray[np.floating]) -> float:
        self._pair = _Pair(prediction, target)
        return float(np.mean(self._pair.difference**2))

    def backward(self) -> NDArray[np.floating]:
        return 2 * self._pair.difference / self._pair.prediction.size
