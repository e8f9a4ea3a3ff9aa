import numpy as np

from . import activations  # noqa: F401


class MSELoss:
    def forward(self, prediction, target):
        self.n = prediction.size
        self.d = prediction - target
        return np.vdot(self.d, self.d) / self.n

    def backward(self):
        return self.d / (self.n / 2)


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        big = np.amax(logits, axis=1, keepdims=True)
        self.q = np.exp(logits - big)
        norm = np.sum(self.q, axis=1, keepdims=True)
        self.q = self.q / norm
        self.hot = np.arange(logits.shape[1]) == labels[:, None]
        losses = big + np.log(norm) - logits
        return float(losses[self.hot].mean())

    def backward(self):
        return (self.q - self.hot) / self.q.shape[0]
