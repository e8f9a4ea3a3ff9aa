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
        self.samples = [sample for sample in x]
        out = []
        for sample in self.samples:
            out.append(sample @ self.weight + self.bias)
        return np.stack(out)

    def backward(self, grad_output):
        grad_weight = np.zeros_like(self.weight)
        grad_bias = np.zeros_like(self.bias)
        grad_input = []
        for sample, g in zip(self.samples, grad_output):
            grad_weight += sample[:, None] * g[None, :]
            grad_bias += g
            grad_input.append(self.weight @ g)
        self.grad_weight = grad_weight
        self.grad_bias = grad_bias
        return np.stack(grad_input)
