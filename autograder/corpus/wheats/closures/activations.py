# forward leaves behind a function that knows how to go back; nothing else is cached.
import numpy as np


def sigmoid(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


class Sigmoid:
    def forward(self, z):
        a = sigmoid(z)

        def go_back(g):
            return g * a * (1 - a)

        self._back = go_back
        return a

    def backward(self, grad_output):
        return self._back(grad_output)


class ReLU:
    pass
