from itertools import count

import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = dict(zip(count(), parameters))
        self.velocity = {k: np.zeros_like(p) for k, p in self.parameters.items()}
        self.lr, self.momentum = lr, momentum

    def step(self, gradients):
        for k, g in enumerate(gradients):
            self.velocity[k] = self.momentum * self.velocity[k] + g
            self.parameters[k] -= self.lr * self.velocity[k]
