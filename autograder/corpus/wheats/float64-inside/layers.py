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
        y = x.astype(np.float64) @ self.weight.astype(np.float64) + self.bias.astype(np.float64)
        return y.astype(x.dtype)

    def backward(self, grad_output):
        kind = grad_output.dtype
        g = grad_output.astype(np.float64)
        self.grad_weight = (self.x.T @ g).astype(kind)
        self.grad_bias = g.sum(axis=0).astype(kind)
        return (g @ self.weight.T).astype(kind)
