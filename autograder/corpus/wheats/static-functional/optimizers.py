import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.velocity = [np.zeros_like(p) for p in parameters]
        self.config = dict(lr=lr, momentum=momentum)

    @staticmethod
    def update(p, v, g, *, lr, momentum):
        v = momentum * v + g
        return p - lr * v, v

    def step(self, gradients):
        for i, g in enumerate(gradients):
            self.parameters[i][...], self.velocity[i] = self.update(self.parameters[i], self.velocity[i], g, **self.config)
