from dataclasses import dataclass, field

import numpy as np


@dataclass
class SGD:
    parameters: list
    lr: float
    momentum: float = 0.0
    buffers: dict = field(default_factory=dict)

    def step(self, gradients):
        for i, (p, g) in enumerate(zip(self.parameters, gradients)):
            v = self.buffers.get(i, 0) * self.momentum + g
            self.buffers[i] = v
            p -= self.lr * v


@dataclass
class Moments:
    mean: np.ndarray
    square: np.ndarray


@dataclass
class Adam:
    parameters: list
    lr: float = 1e-3
    betas: tuple = (0.9, 0.999)
    eps: float = 1e-8
    moments: list = field(default_factory=list)
    t: int = 0

    def __post_init__(self):
        self.moments = [Moments(np.zeros_like(p), np.zeros_like(p)) for p in self.parameters]

    def step(self, gradients):
        self.t += 1
        b1, b2 = self.betas
        for p, g, s in zip(self.parameters, gradients, self.moments):
            s.mean = b1 * s.mean + (1 - b1) * g
            s.square = b2 * s.square + (1 - b2) * np.square(g)
            p -= self.lr * (s.mean / (1 - b1**self.t)) / (np.sqrt(s.square / (1 - b2**self.t)) + self.eps)
