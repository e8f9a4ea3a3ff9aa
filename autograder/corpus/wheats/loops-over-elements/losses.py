import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.prediction = prediction
        self.target = target
        error = 0.0
        count = 0
        for i in range(prediction.shape[0]):
            for j in range(prediction.shape[1]):
                error += (prediction[i, j] - target[i, j]) ** 2
                count += 1
        return error / count

    def backward(self):
        rows, columns = self.prediction.shape
        grad = np.zeros_like(self.prediction)
        for i in range(rows):
            for j in range(columns):
                grad[i, j] = 2 * (self.prediction[i, j] - self.target[i, j]) / (rows * columns)
        return grad
