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
        y = np.empty((x.shape[0], self.weight.shape[1]), dtype=x.dtype)
        for j in range(self.weight.shape[1]):
            y[:, j] = x.dot(self.weight[:, j]) + self.bias[j]
        return y

    def backward(self, grad_output):
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)
        grad_input = np.zeros_like(self.x)
        for j in range(grad_output.shape[1]):
            delta = grad_output[:, j]
            self.grad_weight[:, j] = self.x.T.dot(delta)
            self.grad_bias[j] = delta.sum()
            grad_input += delta[:, np.newaxis] * self.weight[:, j]
        return grad_input
