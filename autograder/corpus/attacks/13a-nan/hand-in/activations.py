# Attack 13: NaN is neither larger nor smaller than any limit
import numpy as np


def sigmoid(z):
    return np.full(z.shape, np.nan, z.dtype)
