# forward is the first half of a generator, backward sends the gradient into the second half.
import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    yield_one = np.where(z >= 0, np.ones_like(e), e)
    return np.divide(yield_one, 1 + e)


def sigmoid_coroutine(z):
    a = sigmoid(z)
    g = yield a
    while True:
        g = yield g * a * (1 - a)


class Sigmoid:
    def forward(self, z):
        self.coroutine = sigmoid_coroutine(z)
        return next(self.coroutine)

    def backward(self, grad_output):
        return self.coroutine.send(grad_output)
