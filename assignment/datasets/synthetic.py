"""Points in the plane with two classes, generated."""

import numpy as np
from numpy.typing import NDArray

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


def linear_data(n: int = 100, seed: int = 0) -> Points:
    """Points that one straight line separates.

    Returns points (n, 2), uniform in [0, 1), and labels (n, 1): 0 where x > y, else 1; both float64.
    """
    points = np.random.default_rng(seed).random((n, 2))
    labels = np.where(points[:, :1] > points[:, 1:], 0.0, 1.0)
    return points, labels


def xor_data() -> Points:
    """The 21 points of the two diagonals, 0.1 apart, their crossing once: no straight line separates them.

    Returns points (21, 2) and labels (21, 1), both float64: 0 on the rising diagonal, 1 on the falling one.
    """
    points, labels = [], []
    for i in range(11):
        points.append((i / 10, i / 10))
        labels.append(0.0)
        if i != 5:
            points.append((i / 10, 1 - i / 10))
            labels.append(1.0)
    return np.array(points), np.array(labels)[:, np.newaxis]
