import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = {}

    def step(self, gradients):
        for k in range(len(self.parameters)):
            self.v[k] = self.momentum * self.v.get(k, np.zeros_like(gradients[k])) + gradients[k]
            self.parameters[k] -= self.lr * self.v[k]


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.m, self.v, self.t = {}, {}, 0

    def step(self, gradients):
        self.t += 1
        beta1, beta2 = self.betas
        for k, g in enumerate(gradients):
            self.m[k] = beta1 * self.m.get(k, np.zeros_like(g)) + (1 - beta1) * g
            self.v[k] = beta2 * self.v.get(k, np.zeros_like(g)) + (1 - beta2) * g * g
            mh = self.m[k] / (1 - np.power(beta1, self.t))
            vh = self.v[k] / (1 - np.power(beta2, self.t))
            self.parameters[k][...] -= (self.lr * mh / (np.sqrt(vh) + self.eps)).astype(g.dtype)
