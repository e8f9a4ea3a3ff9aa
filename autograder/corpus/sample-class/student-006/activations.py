import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


class Sigmoid:
    def forward(self, z):
        self._a = sigmoid(z)
        return self._a

    def backward(self, grad_output):
        return np.einsum("nj,nj,nj->nj", grad_output, self._a, 1 - self._a)


class ReLU:
    def forward(self, z):
        self._step = (z > 0).astype(z.dtype)
        return np.einsum("nj,nj->nj", z, self._step)

    def backward(self, grad_output):
        return np.einsum("nj,nj->nj", grad_output, self._step)
