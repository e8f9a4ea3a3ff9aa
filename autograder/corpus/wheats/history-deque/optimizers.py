import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.trace = [[np.zeros_like(p)] for p in parameters]

    def step(self, gradients):
        for p, trace, g in zip(self.parameters, self.trace, gradients):
            trace.append(self.momentum * trace[-1] + g)
            del trace[:-1]
            p -= self.lr * trace[-1]
