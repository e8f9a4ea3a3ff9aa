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
        self.A_prev = x.T
        W = self.weight.T
        b = self.bias[:, np.newaxis]
        Z = W @ self.A_prev + b
        return Z.T

    def backward(self, grad_output):
        dZ = grad_output.T
        dW = dZ @ self.A_prev.T
        db = np.sum(dZ, axis=1, keepdims=True)
        dA_prev = self.weight @ dZ
        self.grad_weight = dW.T
        self.grad_bias = db[:, 0]
        return dA_prev.T
