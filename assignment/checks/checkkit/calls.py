"""Calls into a submission that watch over the arguments and over what earlier calls returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from .compare import expect_unchanged

Array = np.ndarray[Any, Any]


class Lab(Protocol):
    """A submission, in this process (`LocalLab`) or across the boundary; the lab's public names are attributes."""

    def put(self, value: Any) -> Any: ...
    def get(self, handle: Any) -> Any: ...
    def keep(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any: ...
    def watch(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> tuple[Any, tuple[str, ...]]: ...
    def renewed(self) -> Lab: ...
    def cpu_seconds(self) -> float: ...
    def __getattr__(self, name: str) -> Any: ...


def call_unchanged(lab: Lab, call: str, function: Callable[..., Any], /, **arguments: Array) -> Any:
    """Call ``function`` on copies of ``arguments`` (by position, in their order) and return its result.

    Fails when an argument does not hold afterwards what it held before.
    """
    handles = {name: lab.put(np.array(value)) for name, value in arguments.items()}
    result = function(*handles.values())
    for name, value in arguments.items():
        expect_unchanged(name, value, lab.get(handles[name]), call=call)
    return result
