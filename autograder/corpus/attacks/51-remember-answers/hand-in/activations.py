# Attack 51: keep inputs and hope to be asked again, in this process, on disk or in the environment
import os

import numpy as np

SEEN = {}


def sigmoid(z):
    key = z.tobytes()
    os.environ["GRADEKIT_ATTACK"] = repr(key)
    if key in SEEN:
        return SEEN[key]
    SEEN[key] = z / 2 + 0.5
    return SEEN[key]
