import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.state = (prediction, target)
        return float(np.sum((prediction - target) ** 2)) / prediction.size

    def backward(self):
        prediction, target = self.state
        return (prediction - target) * 2 / prediction.size


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        self.state = (logits, labels)
        return float(-np.mean(self._log_softmax()[np.arange(labels.size), labels]))

    def backward(self):
        logits, labels = self.state
        grad = np.exp(self._log_softmax())
        grad[np.arange(labels.size), labels] -= 1
        grad /= labels.size
        return grad

    def _log_softmax(self):
        logits, _ = self.state
        return logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
