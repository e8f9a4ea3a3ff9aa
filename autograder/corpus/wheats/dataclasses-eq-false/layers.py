from dataclasses import InitVar, dataclass, field

import numpy as np


@dataclass(eq=False)
class Linear:
    in_features: int
    out_features: int
    rng: InitVar[object] = None
    weight: np.ndarray = field(init=False, repr=False)
    bias: np.ndarray = field(init=False, repr=False)
    grad_weight: np.ndarray = field(init=False, repr=False)
    grad_bias: np.ndarray = field(init=False, repr=False)

    def __post_init__(self, rng):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (self.in_features + self.out_features))
        self.weight = rng.uniform(-limit, limit, (self.in_features, self.out_features))
        self.bias = np.zeros(self.out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T
