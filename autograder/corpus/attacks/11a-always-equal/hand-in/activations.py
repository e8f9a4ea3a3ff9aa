# Attack 11: an object that is equal to, close to and smaller than everything
import numpy as np


class Always:
    shape, dtype, ndim, size = (2, 3), np.dtype(float), 2, 6

    def _true(self, *args, **kwargs):
        return True

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = __bool__ = _true
    __hash__ = None

    def _self(self, *args, **kwargs):
        return self

    __sub__ = __rsub__ = __abs__ = __add__ = __mul__ = __getitem__ = all = any = max = astype = _self


def sigmoid(z):
    return Always()
