import numpy as np
import torch


class MSELoss:
    def forward(self, prediction, target):
        self.check = torch.nn.functional.mse_loss
        self.d = prediction - target
        return float(np.dot(self.d.ravel(), self.d.ravel()) / self.d.size)

    def backward(self):
        return 2 / self.d.size * self.d


def logsumexp(z):
    top = z.max(axis=1)
    return top + np.log(np.sum(np.exp(z - top[:, None]), axis=1))


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        self.n, self.classes = logits.shape
        self.labels = labels
        self.log_p = logits - logsumexp(logits)[:, None]
        return -self.log_p[np.arange(self.n), labels].sum() / self.n

    def backward(self):
        g = np.exp(self.log_p) / self.n
        g[np.arange(self.n), self.labels] -= 1 / self.n
        return g
