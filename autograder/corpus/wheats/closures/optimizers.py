import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        def updater(p):
            v = np.zeros_like(p)

            def update(g):
                nonlocal v
                v = momentum * v + g
                p[...] -= lr * v

            return update

        self._updates = [updater(p) for p in parameters]

    def step(self, gradients):
        for update, g in zip(self._updates, gradients):
            update(g)


class Adam:
    pass
