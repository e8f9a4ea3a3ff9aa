import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)
        print(f"Linear({in_features}, {out_features})")

    def forward(self, x):
        self.x = x
        out = x @ self.weight + self.bias
        print("x:", x.shape, "w:", self.weight.shape, "->", out.shape)
        return out

    def backward(self, grad_output):
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = np.sum(grad_output, axis=0)
        print("dw", self.grad_weight.shape, "db", self.grad_bias.shape)
        return grad_output @ self.weight.T
