import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr, self.momentum = lr, momentum
        ends = np.cumsum([p.size for p in parameters])
        self.parts = [slice(end - p.size, end) for p, end in zip(parameters, ends)]
        self.velocity = np.zeros(ends[-1], dtype=np.result_type(*parameters))

    def step(self, gradients):
        flat = np.concatenate([np.ravel(g) for g in gradients])
        self.velocity = self.momentum * self.velocity + flat
        for p, part in zip(self.parameters, self.parts):
            p -= self.lr * self.velocity[part].reshape(p.shape)
