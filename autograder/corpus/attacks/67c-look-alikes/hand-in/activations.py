# Attack 67: the second function is spelt with a Cyrillic letter
import numpy as np


def sigmоid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid(z):
    return z
