import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        new = []
        for p, v, g in zip(self.parameters, self.v, gradients):
            v = self.momentum * v + g
            p -= self.lr * v
            new.append(v)
        self.v = new
