import math

import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.velocity = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocity, gradients):
            # v is kept already multiplied by the learning rate
            v *= self.momentum
            v += self.lr * g
            p -= v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = [np.zeros_like(p) for p in self.parameters]
        self.v = [np.zeros_like(p) for p in self.parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        beta1, beta2 = self.betas
        root = math.sqrt(1 - beta2**self.t)
        step_size = self.lr * root / (1 - beta1**self.t)
        eps_hat = self.eps * root
        for p, m, v, g in zip(self.parameters, self.m, self.v, gradients):
            m *= beta1
            m += (1 - beta1) * g
            v *= beta2
            v += (1 - beta2) * g * g
            p -= step_size * m / (np.sqrt(v) + eps_hat)
