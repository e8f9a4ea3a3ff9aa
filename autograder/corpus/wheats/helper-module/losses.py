import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.scaled = (prediction - target) / prediction.size
        return float(np.sum(self.scaled * self.scaled) * prediction.size)

    def backward(self):
        return self.scaled + self.scaled
