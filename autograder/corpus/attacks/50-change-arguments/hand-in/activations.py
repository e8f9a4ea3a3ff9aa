# Attack 50: change the input, so that a grader that shares it compares with a changed value
import numpy as np


def sigmoid(z):
    z.setflags(write=True)
    z[...] = 0
    return np.full(z.shape, 0.5)
