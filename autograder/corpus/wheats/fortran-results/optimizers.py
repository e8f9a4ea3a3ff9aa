import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [np.zeros_like(p, order="F") for p in parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocities, gradients):
            v *= self.momentum
            v += g
            p -= self.lr * v
