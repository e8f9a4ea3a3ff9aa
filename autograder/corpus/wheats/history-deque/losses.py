import numpy as np


class MSELoss:
    def __init__(self):
        self.losses = []

    def forward(self, prediction, target):
        self.d = prediction - target
        self.losses.append(float(np.mean(self.d**2)))
        return self.losses[-1]

    def backward(self):
        return 2 * self.d / self.d.size
