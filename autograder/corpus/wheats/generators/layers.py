import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def _pass(self, x):
        g = yield x @ self.weight + self.bias
        while True:
            self.grad_weight = x.T @ g
            self.grad_bias = g.sum(axis=0)
            g = yield g @ self.weight.T

    def forward(self, x):
        self.running = self._pass(x)
        return next(self.running)

    def backward(self, grad_output):
        return self.running.send(grad_output)
