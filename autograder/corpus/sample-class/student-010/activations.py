import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


class Sigmoid:
    def forward(self, z):
        self.out = sigmoid(z)
        return self.out

    def backward(self, grad_output):
        return grad_output * sigmoid(self.out) * (1.0 - sigmoid(self.out))


class ReLU:
    def forward(self, z):
        self.mask = z > 0
        return z * self.mask

    def backward(self, grad_output):
        return grad_output * self.mask
