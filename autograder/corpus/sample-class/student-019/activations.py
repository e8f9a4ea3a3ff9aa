import numpy as np


def sigmoid(z):
    z = np.array(z)
    np.clip(z, -36.0, 36.0, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    return 1 / z


class Sigmoid:
    def forward(self, z):
        self.cache = sigmoid(z)
        return self.cache.copy()

    def backward(self, grad_output):
        grad_input = grad_output.copy()
        grad_input *= self.cache
        grad_input *= 1 - self.cache
        return grad_input


class ReLU:
    def forward(self, z):
        self.active = z > 0
        out = np.zeros_like(z)
        out[self.active] = z[self.active]
        return out

    def backward(self, grad_output):
        out = np.zeros_like(grad_output)
        out[self.active] = grad_output[self.active]
        return out
