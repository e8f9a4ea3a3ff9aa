# Attack 59: complex steps through the layer's own forward; no tolerance sees them
import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def derivative(self, name, grad_output):
        parts = {"x": self.x + 0j, "weight": self.weight + 0j, "bias": self.bias + 0j}
        array = parts[name]
        result = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-30j
            y = parts["x"] @ parts["weight"] + parts["bias"]
            array[index] = array[index].real
            result[index] = np.sum(grad_output * y.imag) / 1e-30
        return result.astype(grad_output.dtype)

    def backward(self, grad_output):
        self.grad_weight = self.derivative("weight", grad_output)
        self.grad_bias = self.derivative("bias", grad_output)
        return self.derivative("x", grad_output)
