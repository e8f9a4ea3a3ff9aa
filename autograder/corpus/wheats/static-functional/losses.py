import numpy as np


class MSELoss:
    @staticmethod
    def value(p, t):
        return np.mean(np.abs(p - t) ** 2)

    @staticmethod
    def gradient(p, t):
        return 2 * (p - t) / np.prod(p.shape).item()

    def forward(self, *args):
        self.args = args
        return self.value(*args)

    def backward(self):
        return self.gradient(*self.args)
