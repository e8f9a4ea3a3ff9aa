import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        self.weight = rng.normal(0, np.sqrt(2 / (in_features + out_features)), (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        # a column of ones, so that the bias is one more row of the weights
        self.augmented = np.concatenate([x, np.ones((len(x), 1), dtype=x.dtype)], axis=1)
        return self.augmented @ np.vstack([self.weight, self.bias])

    def backward(self, grad_output):
        gradient = self.augmented.T @ grad_output
        self.grad_weight, self.grad_bias = gradient[:-1], gradient[-1]
        return (self.weight @ grad_output.T).T
