import numpy as np

from module import Module


class MSELoss(Module):
    def __init__(self, reduction="mean"):
        self.reduction = reduction

    def forward(self, prediction, target):
        self.save(prediction - target)
        squares = self.saved[0] ** 2
        return float(squares.mean() if self.reduction == "mean" else squares.sum())

    def backward(self):
        (d,) = self.saved
        return 2 * d / (d.size if self.reduction == "mean" else 1)
