"""What a submission may import inside a worker: NumPy, the standard library that mathematics needs, and inert plotting."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

STANDARD = (
    "__future__ abc argparse array base64 bisect builtins cmath collections collections.abc contextlib copy csv dataclasses "
    "datetime decimal enum fractions functools gc gzip hashlib heapq importlib importlib.util inspect io itertools json "
    "logging math numbers operator os os.path pathlib pickle platform pprint random re secrets shutil statistics string "
    "struct sys tempfile textwrap threading time timeit traceback types typing unittest warnings weakref zlib "
).split()

NUMPY = (
    "numpy numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.ma numpy.polynomial numpy.random numpy.testing numpy.typing"
).split()

# needed by Python itself once no file can be opened any more
INTERNAL = (
    "unicodedata encodings.ascii encodings.latin_1 encodings.utf_8 encodings.utf_8_sig encodings.unicode_escape linecache "
    "locale numpy._core._methods numpy.linalg._linalg "
).split()

_allowed = {name.partition(".")[0] for name in (*STANDARD, *NUMPY)}
_PLOTTING = ("matplotlib", "mpl_toolkits", "seaborn", "IPython")


def preload(further: Iterable[str] = ()) -> None:
    """Import everything that a submission may import, so that a confined worker never needs a file.

    ``further`` are modules that it may import besides; raises ImportError if one is not installed.
    """
    for name in further:
        importlib.import_module(name)
        _allowed.add(name.partition(".")[0])
    for name in (*STANDARD, *NUMPY):
        importlib.import_module(name)
    # `from numpy import *` imports the submodules that NumPy loads when they are first asked for
    exec("from numpy import *", {})  # noqa: S102
    for name in INTERNAL:
        try:
            importlib.import_module(name)
        except ImportError:
            # private modules come and go with Python and NumPy versions
            continue


class Inert:
    """An object that accepts whatever plotting code does to it, and does nothing."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        """Accept anything."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else Inert()

    def __call__(self, *_args: object, **_kwargs: object) -> Any:
        return Inert()

    def __getitem__(self, key: object) -> Any:
        return Inert()

    def __setitem__(self, key: object, value: object) -> None:
        """Accept anything."""

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *args: object) -> None:
        """Let exceptions pass."""


def _subplots(*_args: object, **_kwargs: object) -> tuple[Inert, Inert]:
    # figure and axes: the one call of plotting code whose result is nearly always unpacked
    return Inert(), Inert()


class InertModule(ModuleType):
    """A stand-in for a plotting library."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else Inert()


def import_hook(name: str) -> ModuleType | None:
    """Decide on one absolute import of a submission; raises ImportError that says what is allowed."""
    top = name.partition(".")[0]
    if top in _PLOTTING:
        return InertModule(top)
    if top not in _allowed:
        raise ImportError(
            f"'{top}' cannot be imported in a graded file: only NumPy and the standard library may do the mathematics",
            name=top,
        )
    if name not in sys.modules and importlib.util.find_spec(top) is None:
        raise ImportError(f"'{name}' is not available to a graded file", name=name)
    return None
