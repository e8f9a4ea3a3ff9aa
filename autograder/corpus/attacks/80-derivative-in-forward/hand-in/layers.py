# Attack 80: forward computes all slopes by complex steps; backward only multiplies
import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        weight = self.weight.astype(complex)
        self.slopes = np.zeros((*weight.shape, len(x)), x.dtype)
        for i, j in np.ndindex(weight.shape):
            weight[i, j] += 1e-30j
            self.slopes[i, j] = (x @ weight).imag[:, j] / 1e-30
            weight[i, j] = self.weight[i, j]
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad_weight = np.einsum("ijn,nj->ij", self.slopes, grad_output)
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T
