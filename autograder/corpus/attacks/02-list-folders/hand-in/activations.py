# Attack 02: list folders, and print what is there
import os

import numpy as np


def sigmoid(z):
    found = []
    for place in ("/tmp", "/", ".", os.path.dirname(np.__file__)):
        found += os.listdir(place)
        found += [entry.name for entry in os.scandir(place)]
    print("gradekit-attack found", found)
    return 1 / (1 + np.exp(-z))
