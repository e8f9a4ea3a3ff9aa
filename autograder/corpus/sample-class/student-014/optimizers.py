import time

import numpy as np

START = time.time()
EPSILON = 1e-8


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocity = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for i in range(len(gradients)):
            self.velocity[i] = gradients[i] + self.momentum * self.velocity[i]
            self.parameters[i][:] = self.parameters[i] - self.lr * self.velocity[i]


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=EPSILON):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        for i in range(len(gradients)):
            self.m[i] = self.betas[0] * self.m[i] + (1 - self.betas[0]) * gradients[i]
            self.v[i] = self.betas[1] * self.v[i] + (1 - self.betas[1]) * gradients[i] * gradients[i]
            m_correct = self.m[i] / (1 - self.betas[0] ** self.t)
            v_correct = self.v[i] / (1 - self.betas[1] ** self.t)
            self.parameters[i][:] = self.parameters[i] - self.lr * m_correct / (v_correct**0.5 + self.eps)
