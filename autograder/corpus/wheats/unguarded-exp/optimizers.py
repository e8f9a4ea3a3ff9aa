import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.v = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.v, gradients):
            v *= self.momentum
            v += g
            p -= self.lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps

    def step(self, gradients):
        raise NotImplementedError("TODO B3: Adam.step")
