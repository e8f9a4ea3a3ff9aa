import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.__x = x
        return self.__affine(x)

    def backward(self, grad_output):
        self.grad_weight, self.grad_bias = self.__parameter_gradients(grad_output)
        return self.__input_gradient(grad_output)

    def __affine(self, x):
        return x @ self.weight + self.bias

    def __parameter_gradients(self, g):
        return self.__x.T @ g, g.sum(axis=0)

    def __input_gradient(self, g):
        return g @ self.weight.T
