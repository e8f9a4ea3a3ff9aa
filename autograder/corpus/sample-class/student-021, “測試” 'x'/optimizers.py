import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocity = [np.zeros_like(p) for p in self.parameters]
        print([p.shape for p in self.parameters])

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocity, gradients):
            v[...] = self.momentum * v + g
            p -= self.lr * v
        print("step done")
