from dataclasses import dataclass, field

import numpy as np


@dataclass(eq=False)
class SGD:
    parameters: list
    lr: float
    momentum: float = 0.0
    velocities: list = field(init=False)

    def __post_init__(self):
        self.velocities = [np.zeros_like(p) for p in self.parameters]

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocities, gradients):
            v *= self.momentum
            v += g
            p -= self.lr * v
