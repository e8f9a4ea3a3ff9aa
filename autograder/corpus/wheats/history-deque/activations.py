# Inputs and outputs go into a history (deque, list), of which backward reads the last entry without removing it.
from collections import deque

import numpy as np


def sigmoid(z):
    return np.array([_row(row) for row in z]) if z.ndim > 1 else _row(z)


def _row(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


class Sigmoid:
    def __init__(self):
        self.history = deque(maxlen=1)

    def forward(self, z):
        e = np.exp(-np.abs(z))
        self.history.append(np.where(z >= 0, 1, e) / (1 + e))
        return self.history[-1]

    def backward(self, grad_output):
        a = self.history[-1]
        return grad_output * a * (1 - a)
