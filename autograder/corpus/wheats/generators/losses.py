import numpy as np


class MSELoss:
    def forward(self, prediction, target):
        def run():
            difference = prediction - target
            yield float(np.mean(difference**2))
            while True:
                yield 2 * difference / difference.size

        self.run = run()
        return next(self.run)

    def backward(self):
        return next(self.run)
