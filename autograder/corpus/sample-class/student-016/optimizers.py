import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for i in range(len(self.parameters)):
            self.v[i] = self.momentum * self.v[i] + gradients[i]
            self.parameters[i] -= self.lr * self.v[i]


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = parameters
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        b1, b2 = self.betas
        for i in range(len(self.parameters)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * gradients[i]
            self.v[i] = b2 * self.v[i] + (1 - b2) * gradients[i] ** 2
            m_hat = self.m[i] / (1 - b1**self.t)
            v_hat = self.v[i] / (1 - b2**self.t)
            self.parameters[i] -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
