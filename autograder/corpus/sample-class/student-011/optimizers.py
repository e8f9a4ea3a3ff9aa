import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = [p.T for p in parameters]
        self.lr, self.momentum = lr, momentum
        self.V = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        for i, P in enumerate(self.parameters):
            self.V[i] = self.momentum * self.V[i] + gradients[i].T
            P -= self.lr * self.V[i]
