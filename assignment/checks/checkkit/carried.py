"""Errors carried forward: a submission's own function stands in for the right one, so that a mistake costs once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def own_or_right(function: Callable[[Array], Any], point: Array, right: Array) -> Array:
    """Return ``function(point)`` where it can stand in for ``right``, else ``right``."""
    try:
        own = function(np.array(point))
    except Exception:  # whatever is wrong with that function is said by its own checks
        return right
    return own if stands_in(own, point, right) else right


def stands_in(own: object, point: Array, right: Array) -> bool:
    """Say whether ``own`` may take the place of ``right`` as the values of a function at ``point``.

    It has the right shape and dtype, is finite, and is a function worth the name: no constant, and neither the input nor
    a multiple of it.
    """
    if type(own) is not np.ndarray or own.shape != right.shape or own.dtype != right.dtype:
        return False
    return bool(np.isfinite(own).all()) and not _is_affine(own.astype(np.float64), point.astype(np.float64))


def _is_affine(values: Array, point: Array) -> bool:
    columns = np.stack([point.reshape(-1), np.ones(point.size)], axis=1)
    with np.errstate(all="ignore"):
        fit, *_ = np.linalg.lstsq(columns, values.reshape(-1), rcond=None)
        residual = float(np.linalg.norm(columns @ fit - values.reshape(-1)))
        return not residual > 1e-3 * float(np.linalg.norm(values))
