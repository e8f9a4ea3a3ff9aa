import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        push = lambda v, g: np.copyto(v, momentum * v + g)
        move = lambda p, v: np.subtract(p, lr * v, out=p)
        self.work = [(p, np.zeros_like(p), push, move) for p in parameters]

    def step(self, gradients):
        [(push(v, g), move(p, v)) for (p, v, push, move), g in zip(self.work, gradients)]
