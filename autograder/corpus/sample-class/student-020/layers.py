import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.saved = x
        y = x @ self.weight
        return y + self.bias

    def backward(self, grad_output):
        x = self.saved
        self.grad_weight = x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        grad_input = grad_output @ self.weight.T
        return grad_input
