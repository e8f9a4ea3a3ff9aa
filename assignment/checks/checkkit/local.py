"""A submission in this very process: what students debug, what diagnosis and the reference use.

It has the interface of a submission behind the boundary, so that the same checks run on both.
"""

from __future__ import annotations

import importlib
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from .failure import MISSING, CheckFailure


class LocalLab:
    """The public names of a lab as attributes, over a mapping of name to object."""

    def __init__(self, objects: Mapping[str, Any]) -> None:
        self._objects = objects

    def __getattr__(self, name: str) -> Any:
        # Python itself asks for dunder names (copying, pickling): they are no names of a lab
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._objects[name]
        except KeyError:
            raise CheckFailure(
                MISSING, called=name, got="nothing of this name", expected=f"a function or class called {name}"
            ) from None

    def put(self, value: Any) -> Any:
        """Return a handle of ``value``: the value itself."""
        return value

    def get(self, handle: Any) -> Any:
        """Return a copy of what ``handle`` now holds (arrays, numbers, lists of them)."""
        return _copy(handle)

    def keep(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call ``function`` and return a handle of its result: the result itself."""
        return function(*args, **kwargs)

    def watch(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> tuple[Any, tuple[str, ...]]:
        """Call ``function``; return its result and the texts of the RuntimeWarnings it emitted."""
        with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
            warnings.simplefilter("always")
            result = function(*args, **kwargs)
        return result, tuple(str(entry.message) for entry in caught if issubclass(entry.category, RuntimeWarning))

    def renewed(self) -> LocalLab:
        """Return the submission after a fault that would have ended its process: itself, for this process lives on."""
        return self

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that this process has used."""
        return time.process_time()


class ModuleObjects(Mapping[str, Any]):
    """The public names of importable modules; a module is imported when the first of its names is asked for.

    ``files`` maps a file name to the names that it defines, e.g. ``{"layers.py": ("Linear",)}``.
    """

    def __init__(self, files: Mapping[str, tuple[str, ...]]) -> None:
        self._files = MappingProxyType({name: file for file, names in files.items() for name in names})

    def __getitem__(self, name: str) -> Any:
        file = self._files[name]
        stem = file.removesuffix(".py")
        try:
            module = importlib.import_module(stem)
        except ModuleNotFoundError as error:
            if error.name != stem:
                raise
            raise _missing(name, f"no file called {file}", f"{file} with {name} in it") from None
        try:
            return getattr(module, name)
        except AttributeError:
            raise _missing(name, f"{file} without {name}", f"{name} in {file}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _missing(name: str, got: str, expected: str) -> CheckFailure:
    advice = "Keep the names of files, functions and classes as they were handed out."
    return CheckFailure(MISSING, called=name, got=got, expected=expected, advice=advice)


def _copy(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind in (list, tuple):
        return kind(_copy(element) for element in value)
    if kind is dict:
        return {key: _copy(element) for key, element in value.items()}
    return value
