# Attack 49: compiled code that Python prefers to the source
import numpy as np


def sigmoid(z):
    return np.zeros_like(z)
