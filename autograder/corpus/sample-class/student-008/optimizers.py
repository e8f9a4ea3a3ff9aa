from abc import ABC, abstractmethod

import numpy as np


class Optimizer(ABC):
    def __init__(self, parameters, lr):
        self.parameters = list(parameters)
        self.lr = lr
        self.state = [self.initial_state(p) for p in self.parameters]

    def step(self, gradients):
        for p, g, s in zip(self.parameters, gradients, self.state):
            p += self.change(g, s)

    @abstractmethod
    def initial_state(self, parameter): ...

    @abstractmethod
    def change(self, gradient, state): ...


class SGD(Optimizer):
    def __init__(self, parameters, lr, momentum=0.0):
        super().__init__(parameters, lr)
        self.momentum = momentum

    def initial_state(self, parameter):
        return {"v": np.zeros_like(parameter)}

    def change(self, gradient, state):
        state["v"] = self.momentum * state["v"] + gradient
        return -self.lr * state["v"]


class Adam(Optimizer):
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters, lr)
        self.betas, self.eps = betas, eps

    def initial_state(self, parameter):
        return {"m": np.zeros_like(parameter), "v": np.zeros_like(parameter), "t": 0}

    def change(self, gradient, state):
        b1, b2 = self.betas
        state["t"] += 1
        state["m"] = b1 * state["m"] + (1 - b1) * gradient
        state["v"] = b2 * state["v"] + (1 - b2) * gradient**2
        m = state["m"] / (1 - b1 ** state["t"])
        v = state["v"] / (1 - b2 ** state["t"])
        return -self.lr * m / (np.sqrt(v) + self.eps)
