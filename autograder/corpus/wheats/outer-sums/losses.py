import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.diff = np.subtract(prediction, target)
        return np.linalg.norm(self.diff) ** 2 / self.diff.size

    def backward(self):
        return np.true_divide(self.diff + self.diff, self.diff.size)
