import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.velocity = [np.zeros_like(p) for p in self.parameters]
        self.scratch = [np.empty_like(p) for p in self.parameters]

    def step(self, gradients):
        for p, v, s, g in zip(self.parameters, self.velocity, self.scratch, gradients):
            v *= self.momentum
            v += g
            np.multiply(v, self.lr, out=s)
            p -= s


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.eps = lr, eps
        self.beta1, self.beta2 = betas
        self.power1 = self.power2 = 1.0
        self.state = [(p, np.zeros_like(p), np.zeros_like(p)) for p in parameters]

    def step(self, gradients):
        self.power1 *= self.beta1
        self.power2 *= self.beta2
        for (p, m, v), g in zip(self.state, gradients):
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g**2 - v)
            direction = m / (1 - self.power1)
            direction /= np.sqrt(v / (1 - self.power2)) + self.eps
            p -= self.lr * direction
