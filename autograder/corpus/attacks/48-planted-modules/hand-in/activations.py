# Attack 48: modules of its own in front of the real ones
import random

import numpy as np


def sigmoid(z):
    return np.zeros_like(z)
