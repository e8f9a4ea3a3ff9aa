import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.minus_error = target - prediction
        return np.mean(self.minus_error**2)

    def backward(self):
        return -2 / self.minus_error.size * self.minus_error
