import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * sigmoid_prime(self.a)


class ReLU:
    """Not done."""

    def forward(self, z):
        raise NotImplementedError

    def backward(self, grad_output):
        raise NotImplementedError
