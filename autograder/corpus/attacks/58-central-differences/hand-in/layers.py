# Attack 58: no back-propagation at all: central differences of the layer's own forward
import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def derivative(self, array, grad_output):
        result = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            kept, sums = array[index], []
            for step in (1e-4, -1e-4):
                array[index] = kept + step
                sums.append(np.sum(grad_output * (self.x @ self.weight + self.bias)))
            array[index] = kept
            result[index] = (sums[0] - sums[1]) / 2e-4
        return result

    def backward(self, grad_output):
        self.grad_weight = self.derivative(self.weight, grad_output)
        self.grad_bias = self.derivative(self.bias, grad_output)
        return self.derivative(self.x, grad_output)
