"""Run check functions without pytest: the fixtures are handed over by name."""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np


def generator(name: str, seed: int = 0) -> np.random.Generator:
    """Return the random generator of the check called ``name`` in the run with this seed."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def run_check(check: Callable[..., None], fixtures: Mapping[str, Any], seed: int = 0) -> None:
    """Call a check with the fixtures that it asks for; ``rng`` is made afresh. What the check raises is passed on."""
    available = {**fixtures, "rng": generator(check.__name__, seed)}
    check(**{name: available[name] for name in inspect.signature(check).parameters})


def title_of(check: Callable[..., None]) -> str:
    """Return the first line of a check's docstring."""
    return (check.__doc__ or check.__name__).strip().splitlines()[0]
