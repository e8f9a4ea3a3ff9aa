"""Derivatives by central differences, from nothing but a function's own values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def central_difference(function: Callable[[Array], float], point: Array, step: float = 1e-5) -> Array:
    """Return the gradient of ``function`` (float64 array -> number) at ``point``, one element after the other.

    The error is of order step² (truncation) + 1e-16 / step (rounding), about 1e-10 for functions of unit scale.
    """
    gradient = np.empty_like(point, dtype=np.float64)
    for index in np.ndindex(point.shape):
        above, below = np.array(point, dtype=np.float64), np.array(point, dtype=np.float64)
        above[index] += step
        below[index] -= step
        gradient[index] = (function(above) - function(below)) / (2 * step)
    return gradient
