# Attack 69: clocks tell about neighbours and about the grader; a residual risk, and no points
import time

import numpy as np


def sigmoid(z):
    ticks = [time.perf_counter_ns() for _ in range(1000)]
    print("gradekit-attack longest pause", max(b - a for a, b in zip(ticks, ticks[1:])) > 0)
    return np.zeros_like(z)
