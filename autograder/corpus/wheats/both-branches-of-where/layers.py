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
        self.x = np.copy(x)
        return np.matmul(x, self.weight) + self.bias.reshape(1, -1)

    def backward(self, grad_output):
        self.grad_weight = np.matmul(self.x.T, grad_output)
        self.grad_bias = np.sum(grad_output, axis=0, keepdims=True).reshape(-1)
        return np.matmul(grad_output, self.weight.T)
