import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z.T))
    return (np.where(z.T >= 0, 1, e) / (1 + e)).T


class Sigmoid:
    def forward(self, z):
        self.A = sigmoid(z).T
        return self.A.T

    def backward(self, grad_output):
        dA = grad_output.T
        dZ = dA * self.A * (1 - self.A)
        return dZ.T
