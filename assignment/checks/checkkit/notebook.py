"""`check("sigmoid")` in a notebook cell: the public checks of one part, on what the notebook has defined.

A notebook that has imported this also imports from itself: `from layers import Linear` gives its own Linear.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from .failure import CheckFailure
from .handout import SETTINGS_FILE, read_handout
from .local import LocalLab
from .plugin import CHECKS, FOLDER, load_datasets
from .session import run_check, title_of


def check(part: str) -> None:
    """Run the public checks of ``part``, print a line for each, and raise AssertionError unless all of them pass.

    The functions and classes are those that the notebook has defined so far.
    """
    handout = read_handout(CHECKS)
    if part not in handout.parts:
        raise ValueError(f"no part is called {part!r}; there are: {', '.join(handout.parts)}")
    remarks: list[str] = []
    fixtures = MappingProxyType(
        {
            "lab": LocalLab(vars(sys.modules["__main__"])),
            "settings": handout.settings,
            "data": load_datasets(FOLDER),
            "remark": remarks.append,
            "flag": len,
            "measure": lambda name, value, data="MNIST": remarks.append(f"{name} on {data}: {value:.4g}"),
        }
    )
    names = handout.parts[part].checks
    functions = _functions(CHECKS)
    failures = [text for text in (_run(functions[name], fixtures) for name in names) if text]
    for text in dict.fromkeys(remarks):
        print(f"remark: {text}")  # noqa: T201  this is what a cell shows
    if failures:
        raise AssertionError(f"{part}: {len(failures)} of {len(names)} checks failed\n\n" + "\n\n".join(failures))


def _run(function: Callable[..., None], fixtures: Mapping[str, Any]) -> str:
    """Run one check, print its line, and return what there is to say when it fails."""
    failure = ""
    try:
        run_check(function, fixtures)
    except CheckFailure as error:
        failure = str(error)
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    print(f"{'FAILED' if failure else 'passed'}  {title_of(function)}")  # noqa: T201
    return failure and f"{title_of(function)}\n{failure}"


def _functions(checks: Path) -> dict[str, Callable[..., None]]:
    found: dict[str, Callable[..., None]] = {}
    for path in sorted(checks.glob("test_*.py")):
        spec = importlib.util.spec_from_file_location(f"_checks_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(str(path))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.update({name: value for name, value in vars(module).items() if name.startswith("test_")})
    return found


class _Notebook(ModuleType):
    """The notebook under the name of one of the lab's files."""

    def __getattr__(self, name: str) -> Any:
        defined = vars(sys.modules["__main__"])
        if name in defined and not name.startswith("__"):
            return defined[name]
        raise AttributeError(f"the notebook has not defined {name} yet")


class OwnImports(MetaPathFinder, Loader):
    """Lets an import of one of the lab's files mean the notebook, as in grading, once that defines a name of the file.

    ``files`` maps a file name to the names that it defines.
    """

    def __init__(self, files: Mapping[str, tuple[str, ...]]) -> None:
        self._files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the interface asks for it
        target: ModuleType | None = None,  # noqa: ARG002 - the same
    ) -> ModuleSpec | None:
        """Return where the module comes from: from here, or None."""
        defined = vars(sys.modules["__main__"])
        if any(name in defined for name in self._files.get(f"{fullname}.py", ())):
            return ModuleSpec(fullname, self)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the notebook under another name."""
        return _Notebook(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the notebook runs its cells itself."""


if (CHECKS / SETTINGS_FILE).is_file():
    sys.meta_path.insert(0, OwnImports(read_handout(CHECKS).files))
