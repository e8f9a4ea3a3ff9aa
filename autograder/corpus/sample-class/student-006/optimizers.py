import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self._state = [(p, np.zeros_like(p)) for p in parameters]
        self._lr, self._momentum = lr, momentum

    def step(self, gradients):
        for (p, v), g in zip(self._state, gradients):
            np.multiply(v, self._momentum, out=v)
            np.add(v, g, out=v)
            np.subtract(p, self._lr * v, out=p)


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self._state = [(p, np.zeros_like(p), np.zeros_like(p)) for p in parameters]
        self._lr, self._betas, self._eps = lr, betas, eps
        self._powers = [1.0, 1.0]

    def step(self, gradients):
        b1, b2 = self._betas
        self._powers = [self._powers[0] * b1, self._powers[1] * b2]
        c1, c2 = (1 - power for power in self._powers)
        for (p, m, s), g in zip(self._state, gradients):
            m += (1 - b1) * (g - m)
            s += (1 - b2) * (g * g - s)
            p -= self._lr * (m / c1) / (np.sqrt(s / c2) + self._eps)
