import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        return np.mean((d := prediction - target) ** 2 + 0 * (setattr(self, "d", d) or 0))

    def backward(self):
        return 2 * self.d / self.d.size


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        match logits.shape, labels.shape:
            case (n, _), (m,) if n == m:
                shifted = logits - logits.max(axis=1, keepdims=True)
                self.p = (e := np.exp(shifted)) / (total := e.sum(axis=1, keepdims=True))
                self.rows = np.arange(n), labels
                return (np.log(total).sum() - shifted[self.rows].sum()) / n
            case shapes:
                raise ValueError(f"{shapes} do not fit")

    def backward(self):
        (grad := self.p.copy())[self.rows] -= 1
        return grad / len(grad)
