from __future__ import annotations

from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

S = TypeVar("S", bound=np.floating)


class Layer(Protocol[S]):
    def forward(self, x: NDArray[S]) -> NDArray[S]: ...

    def backward(self, grad_output: NDArray[S]) -> NDArray[S]: ...


class Linear(Generic[S]):
    weight: NDArray[S]
    bias: NDArray[S]
    grad_weight: NDArray[S]
    grad_bias: NDArray[S]

    def __init__(self, in_features: int, out_features: int, rng: np.random.Generator | int | None = None) -> None:
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)
        self._x: NDArray[S] | None = None

    def forward(self, x: NDArray[S]) -> NDArray[S]:
        self._x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output: NDArray[S]) -> NDArray[S]:
        x = self._x
        assert x is not None
        self.grad_weight = x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T
