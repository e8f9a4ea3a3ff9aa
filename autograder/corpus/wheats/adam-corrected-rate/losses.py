import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.difference = prediction - target
        return float(np.vdot(self.difference, self.difference) / self.difference.size)

    def backward(self):
        return self.difference * (2 / self.difference.size)


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        self.log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.labels = labels
        return -self.log_p[range(len(labels)), labels].mean()

    def backward(self):
        gradient = np.exp(self.log_p)
        gradient[np.arange(len(gradient)), self.labels] -= 1
        return gradient / len(gradient)
