# Attack 18: use the kit's own code to send well-formed replies in advance, with the ids of earlier requests
import gc
import sys

import numpy as np


def sigmoid(z):
    frames = sys.modules["gradekit.boundary.frames"]
    for thing in gc.get_objects():
        if type(thing).__name__ == "Worker":
            for request in (0, 1, 2, 2**63):
                frames.send_frame(thing._socket, frames.REPLY, request, {"v": 1.0}, [], None)
    return np.zeros_like(z)
