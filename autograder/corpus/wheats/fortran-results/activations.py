# Every result is in column-major (Fortran) order.
import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.asfortranarray(np.where(z >= 0, 1, e) / (1 + e))


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return np.asfortranarray(grad_output * self.a * (1 - self.a))
