import numpy as np


class Layer:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Layer.registry[cls.__name__] = cls


class Linear(Layer):
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.cache = {"x": x, "W": self.weight.copy()}
        return x @ self.cache["W"] + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.cache["x"].T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.cache["W"]
