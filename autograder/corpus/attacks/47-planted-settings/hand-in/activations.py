# Attack 47: files that pytest reads beside the checks
import numpy as np


def sigmoid(z):
    return np.zeros_like(z)
