import logging

import numpy as np

np.random.seed(0)
log = logging.getLogger(__name__)


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        log.debug("forward %s", x.shape)
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        log.debug("backward %s", grad_output.shape)
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T
