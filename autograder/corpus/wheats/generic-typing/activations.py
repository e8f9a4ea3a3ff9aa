# Type hints with Generic, Protocol and NDArray throughout.
from __future__ import annotations

from typing import Optional

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def sigmoid(z: Array) -> Array:
    t: Array = np.exp(-np.absolute(z))
    numerator: Array = np.where(np.signbit(z), t, np.ones_like(t))
    return numerator / (1 + t)


class Sigmoid:
    _a: Optional[Array] = None

    def forward(self, z: Array) -> Array:
        self._a = sigmoid(z)
        return self._a

    def backward(self, grad_output: Array) -> Array:
        if self._a is None:
            raise RuntimeError("call forward first")
        return grad_output * self._a * (1 - self._a)
