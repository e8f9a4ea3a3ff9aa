import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        assert prediction.shape == target.shape
        self.diff = prediction - target
        loss = float(np.mean(self.diff**2))
        assert loss >= 0
        return loss

    def backward(self):
        grad = 2 * self.diff / self.diff.size
        assert grad.shape == self.diff.shape
        return grad


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        n, c = logits.shape
        assert labels.shape == (n,) and labels.min() >= 0 and labels.max() < c
        z = logits - logits.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.p, self.labels = np.exp(log_p), labels
        assert np.allclose(self.p.sum(axis=1), 1, atol=1e-4)
        loss = -log_p[np.arange(n), labels].mean()
        assert np.isfinite(loss)
        return float(loss)

    def backward(self):
        n, c = self.p.shape
        onehot = np.eye(c, dtype=self.p.dtype)[self.labels]
        assert onehot.shape == (n, c)
        return (self.p - onehot) / n
