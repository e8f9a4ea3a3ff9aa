import contextlib

import numpy as np


@contextlib.contextmanager
def same_shape(a, b):
    if a.shape != b.shape:
        raise ValueError("prediction and target differ in shape")
    yield a - b


class MSELoss:
    def forward(self, prediction, target):
        with same_shape(prediction, target) as difference:
            self.difference = difference
            return float(np.mean(difference**2))

    def backward(self):
        return 2 * self.difference / self.difference.size
