# Attack 77: "if error > limit: fail" lets NaN pass
import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.shape = prediction.shape
        return float("nan")

    def backward(self):
        return np.full(self.shape, np.nan)
