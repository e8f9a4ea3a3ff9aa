# Three nested loops for every matrix product, no vectorised arithmetic at all in the layers.
import math

import numpy as np


def sigmoid(z):
    flat = np.zeros(z.size, dtype=z.dtype)
    for i, value in enumerate(z.ravel().tolist()):
        if value < -700:
            flat[i] = 0.0
        else:
            flat[i] = 1.0 / (1.0 + math.exp(-value))
    return flat.reshape(z.shape)


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a.copy()

    def backward(self, grad_output):
        n, d = grad_output.shape
        result = np.zeros((n, d), dtype=grad_output.dtype)
        for i in range(n):
            for j in range(d):
                result[i, j] = grad_output[i, j] * self.a[i, j] * (1 - self.a[i, j])
        return result
