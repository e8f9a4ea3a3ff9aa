from functools import wraps

import numpy as np


def remember(method):
    @wraps(method)
    def wrapper(self, z):
        self._result = method(self, z)
        return self._result

    return wrapper


def counted(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@counted
def sigmoid(z):
    bounded = np.maximum(np.minimum(z, 40), -40)
    return 1 / (1 + np.exp(-bounded))


class Sigmoid:
    @remember
    def forward(self, z):
        return sigmoid(z)

    def backward(self, grad_output):
        return grad_output * self._result * (1 - self._result)
