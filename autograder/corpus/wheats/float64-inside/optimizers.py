import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = [np.zeros(p.shape) for p in parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.v, gradients):
            v *= self.momentum
            v += g
            p[...] = p - self.lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.m = [np.zeros(p.shape) for p in parameters]
        self.s = [np.zeros(p.shape) for p in parameters]
        self.n = 0

    def step(self, gradients):
        self.n += 1
        b1, b2 = map(float, self.betas)
        for p, m, s, g in zip(self.parameters, self.m, self.s, gradients):
            g = g.astype(np.float64)
            m[...] = b1 * m + (1 - b1) * g
            s[...] = b2 * s + (1 - b2) * g * g
            p[...] = p - self.lr * (m / (1 - b1**self.n)) / (np.sqrt(s / (1 - b2**self.n)) + self.eps)
