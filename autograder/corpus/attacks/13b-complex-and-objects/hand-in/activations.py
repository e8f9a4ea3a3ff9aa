# Attack 13: dtypes that careless comparisons do not expect
import numpy as np


class Anything(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def sigmoid(z):
    if z.shape == (2, 3):
        return np.full(z.shape, Anything(), object)
    return np.full(z.shape, complex(np.inf, np.nan))
