# Attack 35: fork twice, leave the session, wait until the grading is over
import os
import time

import numpy as np


def sigmoid(z):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                time.sleep(1)
        os._exit(0)
    return np.zeros_like(z)
