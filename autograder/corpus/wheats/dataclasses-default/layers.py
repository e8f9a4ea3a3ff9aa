from dataclasses import dataclass, field

import numpy as np


@dataclass
class Cache:
    x: np.ndarray


@dataclass(init=False)
class Linear:
    weight: np.ndarray
    bias: np.ndarray
    grad_weight: np.ndarray = field(repr=False)
    grad_bias: np.ndarray = field(repr=False)

    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.cache = Cache(x)
        return self.cache.x @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.cache.x.T @ grad_output
        self.grad_bias = np.ones(len(grad_output), grad_output.dtype) @ grad_output
        return grad_output @ self.weight.T
