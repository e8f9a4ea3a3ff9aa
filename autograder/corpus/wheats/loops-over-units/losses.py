import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.error = prediction - target
        columns = [np.sum(self.error[:, j] ** 2) for j in range(self.error.shape[1])]
        return sum(columns) / self.error.size

    def backward(self):
        return self.error * (2 / self.error.size)


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        self.labels = labels
        self.probabilities = np.empty_like(logits)
        loss = 0.0
        for n in range(len(logits)):
            row = logits[n] - logits[n].max()
            log_sum = np.log(np.exp(row).sum())
            self.probabilities[n] = np.exp(row - log_sum)
            loss += log_sum - row[labels[n]]
        return float(loss / len(logits))

    def backward(self):
        grad = np.empty_like(self.probabilities)
        for n in range(len(grad)):
            for c in range(grad.shape[1]):
                grad[n, c] = self.probabilities[n, c] - (1 if c == self.labels[n] else 0)
        return grad / len(grad)
