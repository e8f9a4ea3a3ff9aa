import numpy as np


def sigmoid_forward(z):
    small = np.exp(-np.abs(z))
    out = np.where(z < 0, small / (1 + small), 1 / (1 + small))
    cache = {"out": out}
    return out, cache


def sigmoid_backward(dout, cache):
    out = cache["out"]
    return dout * out * (1 - out)


def relu_forward(z):
    out = np.maximum(0, z)
    return out, {"z": z}


def relu_backward(dout, cache):
    return np.where(cache["z"] > 0, dout, 0)


def sigmoid(z):
    out, _ = sigmoid_forward(z)
    return out


class Sigmoid:
    def forward(self, z):
        out, self.cache = sigmoid_forward(z)
        return out

    def backward(self, grad_output):
        return sigmoid_backward(grad_output, self.cache)


class ReLU:
    def forward(self, z):
        out, self.cache = relu_forward(z)
        return out

    def backward(self, grad_output):
        return relu_backward(grad_output, self.cache)
