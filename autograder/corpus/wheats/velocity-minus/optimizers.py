import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.velocity = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for w, v, g in zip(self.parameters, self.velocity, gradients):
            v *= self.momentum
            v -= self.lr * g
            w += v
