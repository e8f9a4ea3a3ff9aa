import numpy as np


class Loss:
    def forward(self, prediction, target):
        value, self._gradient = self.evaluate(prediction, target)
        return float(value)

    def backward(self):
        return np.array(self._gradient)


class MSELoss(Loss):
    def evaluate(self, prediction, target):
        d = prediction - target
        return np.mean(d**2), 2 * d / d.size


class SoftmaxCrossEntropy(Loss):
    def evaluate(self, logits, labels):
        n = len(labels)
        z = logits - np.max(logits, axis=1, keepdims=True)
        log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
        gradient = np.exp(log_p)
        gradient[np.arange(n), labels] -= 1
        gradient /= n
        return -log_p[np.arange(n), labels].mean(), gradient
