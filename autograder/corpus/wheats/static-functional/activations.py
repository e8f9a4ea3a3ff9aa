# Pure functions do the work (module level, static methods, class methods); objects hold a tuple.
import numpy as np


def sigmoid(z):
    t = np.exp(-np.abs(z))
    return np.select([z >= 0, z < 0], [1 / (1 + t), t / (1 + t)])


class Sigmoid:
    saved = ()

    @staticmethod
    def apply(z):
        a = sigmoid(z)
        return a, (a,)

    @classmethod
    def differentiate(cls, saved, grad):
        (a,) = saved
        return grad * a * (1 - a)

    def forward(self, z):
        a, self.saved = self.apply(z)
        return a

    def backward(self, grad_output):
        return self.differentiate(self.saved, grad_output)
