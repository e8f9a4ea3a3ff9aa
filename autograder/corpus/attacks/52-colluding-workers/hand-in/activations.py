# Attack 52: two submissions help each other: by signals, by names, by shared files
import os
import sys

import numpy as np


def sigmoid(z):
    own = os.getpid()
    for process in range(max(2, own - 200), own + 200):
        try:
            os.kill(process, 0)
            print("gradekit-attack sees", process)
        except OSError:
            continue
    try:
        with open("/tmp/gradekit-attack-answers", "ab") as file:
            file.write(z.tobytes())
    except OSError as error:
        print(type(error).__name__)
    return np.zeros_like(z)
