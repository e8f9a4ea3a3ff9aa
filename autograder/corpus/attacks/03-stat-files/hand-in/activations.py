# Attack 03: size and time of a hidden file tell about it, even where its content is closed
import os

import numpy as np


def sigmoid(z):
    state = os.stat("/tmp/gradekit-canary")
    os.access("/etc/shadow", os.R_OK)
    print("gradekit-attack size", state.st_size, state.st_mtime)
    return 1 / (1 + np.exp(-z))
