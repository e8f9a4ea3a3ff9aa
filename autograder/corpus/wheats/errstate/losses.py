import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.diff = prediction - target
        per_sample = np.mean(self.diff**2, axis=1)
        return np.mean(per_sample)

    def backward(self):
        n, c = self.diff.shape
        return 2 * self.diff / n / c
