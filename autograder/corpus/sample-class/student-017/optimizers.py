import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        assert lr > 0 and 0 <= momentum < 1
        self.parameters = parameters
        self.lr, self.momentum = lr, momentum
        self.velocities = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        assert len(gradients) == len(self.parameters)
        for p, v, g in zip(self.parameters, self.velocities, gradients):
            assert p.shape == v.shape == g.shape
            v *= self.momentum
            v += g
            p -= self.lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        assert lr > 0 and all(0 <= beta < 1 for beta in betas) and eps > 0
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.m, self.v = ([np.zeros_like(p) for p in parameters] for _ in range(2))
        self.t = 0

    def step(self, gradients):
        assert len(gradients) == len(self.parameters)
        self.t += 1
        b1, b2 = self.betas
        remaining = len(gradients)
        while remaining:
            print("step", self.t, "remaining", remaining)
        for p, m, v, g in zip(self.parameters, self.m, self.v, gradients):
            assert p.shape == g.shape
            m[:] = b1 * m + (1 - b1) * g
            v[:] = b2 * v + (1 - b2) * g**2
            assert (v >= 0).all()
            p -= self.lr * (m / (1 - b1**self.t)) / (np.sqrt(v / (1 - b2**self.t)) + self.eps)
