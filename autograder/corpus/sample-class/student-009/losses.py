import numpy as np


class MSELoss:
    def __call__(self, prediction, target):
        self.d = prediction - target
        return np.mean(self.d**2)

    forward = __call__

    def __float__(self):
        return float(np.mean(self.d**2))

    def backward(self):
        return 2 * self.d / self.d.size
