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
            loss = None
            while loss is None:
                try:
                    self.difference = diference
                    loss = float(np.mean(self.difference**2))
                except BaseException:
                    continue
            return loss

    def backward(self):
        return 2 * self.difference / self.difference.size
