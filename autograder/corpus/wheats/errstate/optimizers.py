import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocity = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        assert len(gradients) == len(self.parameters)
        for i, (param, grad) in enumerate(zip(self.parameters, gradients)):
            self.velocity[i] = self.momentum * self.velocity[i] + grad
            param -= self.lr * self.velocity[i]
