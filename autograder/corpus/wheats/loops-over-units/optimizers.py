import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [0 for _ in parameters]

    def step(self, gradients):
        k = 0
        while k < len(self.parameters):
            self.velocities[k] = self.momentum * self.velocities[k] + gradients[k]
            self.parameters[k][...] = self.parameters[k] - self.lr * self.velocities[k]
            k += 1


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.eps = parameters, lr, eps
        self.beta1, self.beta2 = betas
        self.first = [0 for _ in parameters]
        self.second = [0 for _ in parameters]
        self.counter = 0

    def step(self, gradients):
        self.counter = self.counter + 1
        for k in range(len(self.parameters)):
            g = gradients[k]
            self.first[k] = self.beta1 * self.first[k] + (1 - self.beta1) * g
            self.second[k] = self.beta2 * self.second[k] + (1 - self.beta2) * g * g
            m = self.first[k] / (1 - self.beta1**self.counter)
            v = self.second[k] / (1 - self.beta2**self.counter)
            self.parameters[k][...] -= self.lr * m / (v**0.5 + self.eps)
