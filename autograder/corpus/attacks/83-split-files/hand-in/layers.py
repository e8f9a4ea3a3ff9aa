import numpy as np


def sigmoid(z):
    return z
