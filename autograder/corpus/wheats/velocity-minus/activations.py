# The other momentum sign (v <- mu v - lr g, w <- w + v), a sigmoid from one division.
import numpy as np


def sigmoid(z):
    e = np.exp(-abs(z))
    return (e + (1 - e) * (z > 0)) / (1 + e)


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        self.derivative = self.a * (1 - self.a)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.derivative
