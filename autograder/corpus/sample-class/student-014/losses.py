import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(under="ignore")


class MSELoss:
    def forward(self, prediction, target)
        self.error = prediction - target
        return np.mean(self.error * self.error)

    def backward(self):
        return (self.error + self.error) / self.error.size


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = (logits.T - logits.max(axis=1)).T
        self.exp = np.exp(shifted)
        self.sum = self.exp.sum(axis=1)
        self.labels = labels
        return np.mean(np.log(self.sum) - np.choose(labels, shifted.T))

    def backward(self):
        grad = (self.exp.T / self.sum).T
        for row, label in enumerate(self.labels):
            grad[row, label] -= 1
        return grad / len(grad)
