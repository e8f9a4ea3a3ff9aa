# Layers put together from lambdas and functools.partial; the classes are thin shells around them.
from functools import partial

import numpy as np


def _elementwise(function, z):
    return function(z)


sigmoid = partial(_elementwise, lambda z: np.where(z > 0, 1, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z))))


class _Elementwise:
    def __init__(self, function, slope):
        self.function, self.slope = function, slope

    def forward(self, z):
        self.a = self.function(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.slope(self.a)


class Sigmoid(_Elementwise):
    def __init__(self):
        super().__init__(sigmoid, lambda a: a * (1 - a))
