import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = tuple(np.zeros(p.shape, p.dtype) for p in parameters)

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.v, gradients):
            np.copyto(v, self.momentum * v + g)
            np.copyto(p, p - self.lr * v)


class Adam(SGD):
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters, lr)
        self.m = tuple(np.zeros(p.shape, p.dtype) for p in parameters)
        (self.b1, self.b2), self.eps, self.t = betas, eps, 0

    def step(self, gradients):
        self.t += 1
        for p, m, v, g in zip(self.parameters, self.m, self.v, gradients):
            m[...] = self.b1 * m + (1.0 - self.b1) * g
            v[...] = self.b2 * v + (1.0 - self.b2) * (g * g)
            p -= self.lr * m / (1.0 - self.b1**self.t) / (np.sqrt(v / (1.0 - self.b2**self.t)) + self.eps)
