import numpy as np

from module import Module


def sigmoid(z):
    return np.exp(-np.maximum(0, -z) - np.log1p(np.exp(-np.abs(z))))


class Sigmoid(Module):
    def forward(self, z):
        return self.save(sigmoid(z))

    def backward(self, grad_output):
        (a,) = self.saved
        return grad_output * a * (1 - a)
