import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocities, gradients, strict=True):
            v *= self.momentum
            v += g
            p -= self.lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.ms = [np.zeros_like(p) for p in parameters]
        self.vs = [np.zeros_like(p) for p in parameters]
        self.calls = 0

    def step(self, gradients):
        self.calls += 1
        b1, b2 = self.betas
        for p, m, v, g in zip(self.parameters, self.ms, self.vs, gradients, strict=True):
            m -= (1 - b1) * (m - g)
            v -= (1 - b2) * (v - g * g)
            p -= self.lr * (m / (1 - b1**self.calls)) / (np.sqrt(v / (1 - b2**self.calls)) + self.eps)
