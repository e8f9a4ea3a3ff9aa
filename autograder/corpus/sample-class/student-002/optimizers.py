import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocity = []
        for p in self.parameters:
            self.velocity.append(np.zeros(p.shape, p.dtype))

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocity, gradients):
            for i in range(len(p)):
                v[i] = self.momentum * v[i] + g[i]
                p[i] = p[i] - self.lr * v[i]


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps

    def step(self, gradients):
        raise NotImplementedError("TODO B3: Adam.step")
