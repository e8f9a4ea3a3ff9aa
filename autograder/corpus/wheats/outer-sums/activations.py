# Weight gradient as a sum of outer products, one per sample; sigmoid by logaddexp.
import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


class Sigmoid:
    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, grad_output):
        a = sigmoid(self.z)
        return grad_output * (a * (1 - a))
