# Attack 11: an object that takes part in NumPy's functions and answers them all with success
import numpy as np


class Always:
    def __array__(self, *args, **kwargs):
        return np.full((2, 3), np.nan)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return True

    def __array_function__(self, function, types, args, kwargs):
        return True


def sigmoid(z):
    return Always()
