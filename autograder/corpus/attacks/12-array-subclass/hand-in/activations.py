# Attack 12: a subclass of ndarray that wins every comparison
import numpy as np


class Right(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape).view(np.ndarray)

    def __array_function__(self, function, types, args, kwargs):
        return True


def sigmoid(z):
    return z.view(Right)
