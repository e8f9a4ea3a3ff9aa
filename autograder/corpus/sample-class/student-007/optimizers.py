import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        for i, (p, g) in enumerate(zip(self.parameters, gradients)):
            p -= self.lr * self.direction(i, g)

    def direction(self, i, g):
        self.v[i] = self.momentum * self.v[i] + g
        return self.v[i]


class Adam(SGD):
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters, lr)
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.m = [np.zeros_like(p) for p in self.parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        super().step(gradients)

    def direction(self, i, g):
        self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * g
        self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * g**2
        return self.m[i] / (1 - self.beta1**self.t) / (np.sqrt(self.v[i] / (1 - self.beta2**self.t)) + self.eps)
