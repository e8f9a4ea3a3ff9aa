import functools

import numpy as np


def two_dimensional(method):
    @functools.wraps(method)
    def wrapper(self, array):
        if array.ndim != 2:
            raise ValueError(f"{method.__name__} wants rows and columns, got shape {array.shape}")
        return method(self, array)

    return wrapper


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    @two_dimensional
    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    @two_dimensional
    def backward(self, grad_output):
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T
