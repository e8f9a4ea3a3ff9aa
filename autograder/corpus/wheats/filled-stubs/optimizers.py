import numpy as np


class SGD:
    """Stochastic gradient descent with momentum."""

    def __init__(self, parameters, lr, momentum=0.0):
        """Remember what to update and how; every velocity starts at 0."""
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        # Part of TODO 8: make here whatever step has to remember from one call to the next.
        self.v = [np.zeros(p.shape, dtype=p.dtype) for p in self.parameters]

    def step(self, gradients):
        """Update every parameter once."""
        for i in range(len(self.parameters)):
            self.v[i] = self.momentum * self.v[i] + gradients[i]
            self.parameters[i] -= self.lr * self.v[i]
        return None
        raise NotImplementedError("TODO 8: SGD.step")  # remove this line when step is written


class Adam:
    """Adaptive moment estimation (bonus)."""

    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        """Remember what to update and how; both means start at 0."""
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        # Part of TODO B3: make here whatever step has to remember from one call to the next.
        self.t = 0
        self.m = [np.zeros(p.shape, dtype=p.dtype) for p in self.parameters]
        self.s = [np.zeros(p.shape, dtype=p.dtype) for p in self.parameters]

    def step(self, gradients):
        """Update every parameter once."""
        self.t = self.t + 1
        for i in range(len(self.parameters)):
            self.m[i] = self.betas[0] * self.m[i] + (1 - self.betas[0]) * gradients[i]
            self.s[i] = self.betas[1] * self.s[i] + (1 - self.betas[1]) * gradients[i] ** 2
            m = self.m[i] / (1 - self.betas[0] ** self.t)
            s = self.s[i] / (1 - self.betas[1] ** self.t)
            self.parameters[i] -= self.lr * m / (np.sqrt(s) + self.eps)
        return None
        raise NotImplementedError("TODO B3: Adam.step")  # remove this line when step is written
