import numpy as np


class _Rule:
    def __init__(self, parameter, lr, momentum):
        self.parameter, self.lr, self.momentum = parameter, lr, momentum
        self.velocity = np.zeros_like(parameter)

    def __call__(self, gradient):
        self.velocity = self.momentum * self.velocity + (1 - self.momentum) * gradient
        self.parameter -= self.lr * self.velocity


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.rules = [_Rule(p, lr, momentum) for p in parameters]

    def __call__(self, gradients):
        for rule, gradient in zip(self.rules, gradients):
            rule(gradient)

    def step(self, gradients):
        self(gradients)
