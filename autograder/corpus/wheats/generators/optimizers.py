import numpy as np


def descend(p, lr, momentum):
    v = np.zeros_like(p)
    while True:
        g = yield
        v = momentum * v + g
        p -= lr * v


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.workers = [descend(p, lr, momentum) for p in parameters]
        for worker in self.workers:
            next(worker)

    def step(self, gradients):
        for worker, g in zip(self.workers, gradients):
            worker.send(g)
