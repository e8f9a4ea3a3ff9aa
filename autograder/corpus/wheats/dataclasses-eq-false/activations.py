# Layers are dataclasses with eq=False and fields that are not shown.
from dataclasses import dataclass, field

import numpy as np


def sigmoid(z):
    return np.reciprocal(1 + np.exp(-np.clip(z, -80, 80)))


@dataclass(eq=False)
class Sigmoid:
    a: np.ndarray = field(default=None, init=False, repr=False)

    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)
