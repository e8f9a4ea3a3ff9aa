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
        n_in, n_out = self.weight.shape
        assert x.shape[1] == n_in, (x.shape, self.weight.shape)
        assert self.bias.shape == (n_out,)
        self.x = x
        y = x @ self.weight + self.bias
        assert y.shape == (len(x), n_out)
        return y

    def backward(self, grad_output):
        assert grad_output.shape == (len(self.x), self.weight.shape[1])
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        grad_input = grad_output @ self.weight.T
        assert self.grad_weight.shape == self.weight.shape
        assert self.grad_bias.shape == self.bias.shape
        assert grad_input.shape == self.x.shape
        return grad_input
