import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)
        self.saved = None

    @staticmethod
    def apply(x, weight, bias):
        return x @ weight + bias

    @staticmethod
    def differentiate(x, weight, grad):
        return {"weight": x.T @ grad, "bias": grad.sum(axis=0), "input": grad @ weight.T}

    def forward(self, x):
        self.saved = x
        return self.apply(x, self.weight, self.bias)

    def backward(self, grad_output):
        grads = self.differentiate(self.saved, self.weight, grad_output)
        vars(self).update(grad_weight=grads["weight"], grad_bias=grads["bias"])
        return grads["input"]
