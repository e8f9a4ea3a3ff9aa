import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.mu = parameters, lr, momentum
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        # v <- mu v - lr g; w <- w + v
        for i, g in enumerate(gradients):
            self.v[i] = self.mu * self.v[i] - self.lr * g
            self.parameters[i] += self.v[i]


class Adam:
    def step(self, gradients):
        raise NotImplementedError
