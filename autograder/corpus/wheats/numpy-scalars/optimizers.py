import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr, self.momentum = np.float64(lr), np.float64(momentum)
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.v, gradients):
            kind = p.dtype.type
            v[...] = kind(self.momentum) * v + g
            p[...] = p - kind(self.lr) * v
