import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.velocities = None

    def step(self, gradients):
        if self.velocities is None:
            self.velocities = [gradient.copy() for gradient in gradients]
        else:
            self.velocities = [self.momentum * v + g for v, g in zip(self.velocities, gradients)]
        for parameter, velocity in zip(self.parameters, self.velocities):
            parameter[:] = parameter - self.lr * velocity


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.eps = parameters, lr, eps
        self.beta1, self.beta2 = betas
        self.m = [np.zeros_like(parameter) for parameter in parameters]
        self.v = [np.zeros_like(parameter) for parameter in parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        lr_t = self.lr * np.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t)
        for p, g, m, v in zip(self.parameters, gradients, self.m, self.v):
            m[...] = self.beta1 * m + (1 - self.beta1) * g
            v[...] = self.beta2 * v + (1 - self.beta2) * g**2
            p[...] = p - lr_t * m / (np.sqrt(v) + self.eps)
