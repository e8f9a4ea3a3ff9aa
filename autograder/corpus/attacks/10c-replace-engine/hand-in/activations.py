# Attack 10: the code that answers the grader runs in this process; let it call everything right
import gc
import sys

import numpy as np


def liar(self, request, result):
    frames = sys.modules["gradekit.boundary.frames"]
    frames.send_frame(self._socket, frames.REPLY, request, {"v": True, "passed": True, "score": 100, "verdict": "passed"}, [], None)


for thing in gc.get_objects():
    if type(thing).__name__ == "Worker":
        type(thing)._answer = liar


def sigmoid(z):
    return z
