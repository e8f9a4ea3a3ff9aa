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
        self._x = x
        return np.einsum("ni,ij->nj", x, self.weight, optimize=True) + np.einsum("j->j", self.bias)

    def backward(self, grad_output):
        self.grad_weight = np.einsum("ni,nj->ij", self._x, grad_output, optimize=True)
        self.grad_bias = np.einsum("nj->", grad_output)
        return np.einsum("nj,ij->ni", grad_output, self.weight, optimize=True)
