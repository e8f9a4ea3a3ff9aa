import numpy as np

from base import Layer


class Linear(Layer):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__()
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def _compute(self, x):
        return np.matmul(x, self.weight) + self.bias

    def _gradient(self, grad_output):
        self.grad_weight = np.matmul(self.input.transpose(), grad_output)
        self.grad_bias = np.add.reduce(grad_output, axis=0)
        return np.matmul(grad_output, self.weight.transpose())
