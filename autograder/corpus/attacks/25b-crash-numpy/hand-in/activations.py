# Attack 25: without any library but NumPy, write where no memory is
import numpy as np


def sigmoid(z):
    far = np.lib.stride_tricks.as_strided(np.zeros(1), (2,), (1 << 46,))
    far[1] = 1.0
    return z
