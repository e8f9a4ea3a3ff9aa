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
        self.x = x
        return np.vstack([np.dot(row, self.weight) for row in x]) + self.bias

    def backward(self, grad_output):
        self.grad_weight = sum(np.outer(x, g) for x, g in zip(self.x, grad_output))
        self.grad_bias = sum(g for g in grad_output)
        return np.vstack([np.dot(self.weight, g) for g in grad_output])
