import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.prediction, self.target = prediction, target
        return np.sum((prediction - target) ** 2) / target.size

    def backward(self):
        return 2 * (self.prediction - self.target) / self.target.size


if __name__ == "__main__":
    print(MSELoss().forward(np.ones((2, 2)), np.zeros((2, 2))))
