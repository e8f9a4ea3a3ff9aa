# Attack 01: read a file that every user of the machine may read
import numpy as np


def sigmoid(z):
    for name in ("/tmp/gradekit-canary", "/etc/passwd"):
        with open(name) as file:
            print(file.read())
    return 1 / (1 + np.exp(-z))
