import sys

import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        self.prediction, self.target = prediction, target
        loss = np.mean((prediction - target) ** 2)
        print("LOSS =", loss, file=sys.stderr)
        return loss

    def backward(self):
        print("???", flush=True)
        return 2 * (self.prediction - self.target) / self.prediction.size
