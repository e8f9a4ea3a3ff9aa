# Everything is imported with a star; __all__ says what.
from numpy import *

__all__ = ["Sigmoid", "sigmoid"]


def sigmoid(z):
    return where(z > 0, 1, exp(minimum(z, 0))) / (1 + exp(-abs(z)))


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return multiply(grad_output, self.a * (1 - self.a))
