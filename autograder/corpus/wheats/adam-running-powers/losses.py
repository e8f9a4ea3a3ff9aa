import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.buffer = np.subtract(prediction, target)
        return float(np.mean(np.square(self.buffer)))

    def backward(self):
        out = np.multiply(self.buffer, 2)
        out /= out.size
        return out


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        p = np.array(logits)
        p -= p.max(axis=1, keepdims=True)
        right = p[np.arange(len(p)), labels].copy()
        np.exp(p, out=p)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        self.p, self.labels = p, labels
        return float(np.mean(np.log(total[:, 0]) - right))

    def backward(self):
        g = self.p.copy()
        g[np.arange(len(g)), self.labels] -= 1
        g /= len(g)
        return g
