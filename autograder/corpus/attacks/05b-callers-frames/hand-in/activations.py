# Attack 05: walk up the stack to the check that called, and read the expected value there
import sys

import numpy as np


def sigmoid(z):
    frame = sys._getframe()
    while frame is not None:
        print(frame.f_code.co_filename, sorted(frame.f_locals))
        for name in ("expected", "reference"):
            if isinstance(frame.f_locals.get(name), np.ndarray):
                return frame.f_locals[name]
        frame = frame.f_back
    return z
