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
        self.x = x.copy()
        z = self.x @ self.weight
        z += self.bias
        return z

    def backward(self, grad_output):
        delta = grad_output
        self.grad_bias = delta.sum(axis=0)
        self.grad_weight = (delta.T @ self.x).T
        return (self.weight @ delta.T).T
