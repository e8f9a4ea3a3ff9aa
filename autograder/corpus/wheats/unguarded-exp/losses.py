import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.prediction, self.target = prediction, target
        return ((prediction - target) ** 2).mean()

    def backward(self):
        return 2 * (self.prediction - self.target) / self.prediction.size


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.forward")

    def backward(self):
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.backward")
