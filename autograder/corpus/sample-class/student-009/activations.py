import numpy as np


class _Logistic:
    """An object that can be called, standing for the function."""

    def __call__(self, z):
        e = np.exp(-np.fabs(z))
        return np.where(z < 0, e, 1) / (e + 1)


sigmoid = _Logistic()


class Sigmoid:
    def __call__(self, z):
        self.a = sigmoid(z)
        return self.a

    forward = __call__

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)
