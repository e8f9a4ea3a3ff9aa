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
        y = np.zeros((x.shape[0], self.bias.shape[0]), dtype=x.dtype)
        y += x @ self.weight
        y += self.bias
        return y

    def backward(self, grad_output):
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = np.einsum("nj->j", grad_output)
        return grad_output @ self.weight.T
