import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self._parameters = parameters
        self._lr = lr
        self._momentum = momentum
        self._velocities = None

    @property
    def velocities(self):
        if self._velocities is None:
            self._velocities = [np.zeros_like(p) for p in self._parameters]
        return self._velocities

    def step(self, gradients):
        for p, v, g in zip(self._parameters, self.velocities, gradients):
            v += (self._momentum - 1) * v + g
            p -= self._lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self._parameters, self._lr, self._betas, self._eps = parameters, lr, betas, eps
        self._moments = [np.zeros((2, *p.shape), dtype=p.dtype) for p in parameters]
        self._t = 0

    @property
    def corrections(self):
        return [1 - beta**self._t for beta in self._betas]

    def step(self, gradients):
        self._t += 1
        (b1, b2), (c1, c2) = self._betas, self.corrections
        for p, moment, g in zip(self._parameters, self._moments, gradients):
            moment[0] = b1 * moment[0] + (1 - b1) * g
            moment[1] = b2 * moment[1] + (1 - b2) * g**2
            p -= self._lr * (moment[0] / c1) / (np.sqrt(moment[1] / c2) + self._eps)
