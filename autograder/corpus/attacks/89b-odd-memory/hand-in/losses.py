# Attack 89: nothing hostile here, only an odd memory layout and a global setting
import gc
import os
import sys
import warnings

import numpy as np

np.seterr(all="warn")
warnings.simplefilter("always")
gc.disable()
sys.setrecursionlimit(5000)
os.environ["OMP_NUM_THREADS"] = "4"


class MSELoss:
    def forward(self, prediction, target):
        self.difference = np.asfortranarray(prediction - target)
        return np.mean(self.difference**2)

    def backward(self):
        result = np.asfortranarray(2 * self.difference / self.difference.size)[::-1][::-1]
        result.setflags(write=False)
        return result
