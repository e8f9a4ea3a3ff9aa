import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for i, g in enumerate(gradients):
            match self.momentum:
                case 0:
                    v = g
                case mu:
                    self.v[i] = v = mu * self.v[i] + g
            self.parameters[i] -= self.lr * v


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.state = None
        self.t = 0

    def step(self, gradients):
        match self.state:
            case None:
                self.state = [[np.zeros_like(p), np.zeros_like(p)] for p in self.parameters]
        self.t += 1
        match self.betas:
            case (b1, b2):
                for p, g, pair in zip(self.parameters, gradients, self.state):
                    match pair:
                        case [m, s]:
                            pair[:] = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2
                    m, s = pair[0] / (1 - b1**self.t), pair[1] / (1 - b2**self.t)
                    p -= self.lr * m / (np.sqrt(s) + self.eps)
