import numpy as np


class MSELoss:
    """The mean squared error between a prediction and its target."""

    def forward(self, prediction, target):
        """The mean of the squared differences."""
        self.prediction = prediction
        self.target = target
        return np.sum((prediction - target) ** 2) / prediction.size
        raise NotImplementedError("TODO 6: MSELoss.forward")

    def backward(self):
        """The gradient of the loss with respect to the prediction of the last forward."""
        return 2 * (self.prediction - self.target) / self.prediction.size
        raise NotImplementedError("TODO 7: MSELoss.backward")


class SoftmaxCrossEntropy:
    """Softmax and cross-entropy in one, for labels that are class numbers (bonus)."""

    def forward(self, logits, labels):
        """The mean negative logarithm of the probability that each row gives to its true class."""
        logits = logits - logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.sum(np.exp(logits), axis=1))
        self.softmax = np.exp(logits - log_sum[:, None])
        self.labels = labels
        return np.mean(log_sum - logits[np.arange(len(labels)), labels])
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.forward")

    def backward(self):
        """The gradient of the loss with respect to the logits of the last forward."""
        onehot = np.zeros_like(self.softmax)
        onehot[np.arange(len(self.labels)), self.labels] = 1
        return (self.softmax - onehot) / len(self.labels)
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.backward")
