"""Execute a set of source texts as Python modules that see each other, and nothing else of one another.

Used twice: by the worker for a submission, and by the trusted side for the reference and its variants. Several sets live side by side
because own imports (`import layers`, `from .layers import Linear`) are resolved by each module's `__import__`, not by `sys.path`.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

_serial = itertools.count()


class UnusableFile(Exception):
    """A file of the set was handed in but cannot be used; the message says why."""


class SourceModules:
    """Modules made from source texts, executed when first asked for.

    Parameters
    ----------
    sources : file name -> source text, e.g. ``{"layers.py": "..."}``.
    unusable : file name -> why it cannot be used; importing it raises `UnusableFile`.
    cells : code cells of a notebook; when given, one module made of them stands for every name of ``cell_names``.
    cell_names : the modules (without ``.py``) that the notebook replaces.
    cell_wanted : names that will be asked of the notebook, so that an assignment to one of them is always executed.
    import_hook : called as ``import_hook(name)`` for every absolute import that is not the set's own; returns a module that takes the
        place of the import, returns None to let it happen, or raises ImportError.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        *,
        unusable: Mapping[str, str] | None = None,
        cells: Sequence[str] = (),
        cell_names: Sequence[str] = (),
        cell_wanted: Sequence[str] = (),
        import_hook: Callable[[str], ModuleType | None] | None = None,
    ) -> None:
        self._sources = {name.removesuffix(".py"): (name, text) for name, text in sources.items()}
        self._unusable = {name.removesuffix(".py"): reason for name, reason in (unusable or {}).items()}
        self._cells = tuple(cells)
        self._cell_names = frozenset(cell_names) if cells else frozenset()
        self._cell_wanted = frozenset(cell_wanted)
        self._import_hook = import_hook
        self._prefix = f"_handin{next(_serial)}"
        self._loaded: dict[str, ModuleType] = {}
        self._failed: dict[str, BaseException] = {}
        self.package = ModuleType(self._prefix)

    def __contains__(self, name: str) -> bool:
        return name in self._cell_names or name in self._sources or name in self._unusable

    def source_line(self, file: str, line: int) -> str:
        """Return one line (1-based) of a source text, or "" where there is none."""
        in_cell = file.startswith("cell ")
        text = self._cells[int(file[5:]) - 1] if in_cell else self._sources.get(file.removesuffix(".py"), ("", ""))[1]
        lines = text.splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def load(self, name: str) -> ModuleType:
        """Return the module called ``name`` (without ``.py``); raises what its execution raised, every time it is asked for."""
        key = "notebook" if name in self._cell_names else name
        if key in self._loaded:
            return self._loaded[key]
        if key in self._failed:
            raise self._failed[key]
        if key in self._unusable:
            raise UnusableFile(self._unusable[key])
        if key != "notebook" and key not in self._sources:
            raise ModuleNotFoundError(f"no file named {name}.py was handed in", name=name)
        module = ModuleType(f"{self._prefix}.{key}")
        module.__package__ = self._prefix
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": self._import}
        # dataclasses, pickle and typing look a class's module up by name
        sys.modules[module.__name__] = module
        self._loaded[key] = module
        try:
            if key == "notebook" and name in self._cell_names:
                _execute_cells(self._cells, self._cell_wanted, module)
            else:
                file, text = self._sources[key]
                module.__file__ = file
                exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        except BaseException as error:
            del self._loaded[key]
            self._failed[key] = error
            raise
        setattr(self.package, key, module)
        return module

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level > 0:
            if not name:
                for item in fromlist or ():
                    setattr(self.package, item, self.load(item))
                return self.package
            return self.load(name.partition(".")[0])
        if name in self:
            return self.load(name)
        if self._import_hook is not None:
            replacement = self._import_hook(name)
            if replacement is not None:
                return replacement
        return builtins.__import__(name, globals, locals, fromlist or (), 0)


class PublicNames(Mapping[str, Any]):
    """The public names of a set of modules, looked up when asked for: name -> object, given name -> module."""

    def __init__(self, modules: SourceModules, homes: Mapping[str, str]) -> None:
        self._modules = modules
        self._homes = homes

    def __getitem__(self, name: str) -> Any:
        module = self._modules.load(self._homes[name])
        try:
            return getattr(module, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


def _execute_cells(cells: Sequence[str], wanted: frozenset[str], module: ModuleType) -> None:
    """Execute what a notebook defines: imports, functions, classes, and the assignments that these read.

    Left-over prints, plots, training runs and failing lines of a notebook are part of how students work; they neither run nor take the
    other cells' definitions away. A cell that does not parse is left out alone, unless no cell parses.
    """
    statements: list[tuple[str, ast.stmt]] = []
    errors: list[SyntaxError] = []
    for number, cell in enumerate(cells, start=1):
        try:
            tree = ast.parse(cell, f"cell {number}")
        except (SyntaxError, ValueError) as error:
            errors.append(error if isinstance(error, SyntaxError) else SyntaxError(str(error)))
            continue
        statements += [(f"cell {number}", node) for node in tree.body]
    if errors and not statements:
        raise errors[0]
    read = set(wanted).union(*(_free_names(node) for _, node in statements))
    failures: list[BaseException] = []
    for file, node in statements:
        if not _defines(node, read):
            continue
        try:
            exec(compile(ast.Module([node], []), file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        except Exception as error:
            failures.append(error)
    first_error = next(iter(errors + failures), None)
    module.__dict__["__first_error__"] = first_error


_ALWAYS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Try)


def _defines(node: ast.stmt, read: set[str]) -> bool:
    if isinstance(node, _ALWAYS):
        return True
    if isinstance(node, ast.If):
        return not any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test))
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        stored = {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
        attribute = any(isinstance(part, ast.Attribute) for target in targets for part in ast.walk(target))
        calls = node.value is not None and any(isinstance(part, ast.Call) for part in ast.walk(node.value))
        return attribute or not calls or bool(stored & read)
    return False


def _free_names(node: ast.stmt) -> set[str]:
    """Return the global names that functions and classes inside ``node`` read, and that assignments of it alias."""
    names: set[str] = set()
    for scope in ast.walk(node):
        if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            parts = list(ast.walk(scope))
            bound = {part.arg for part in parts if isinstance(part, ast.arg)}
            bound |= {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
            names |= {
                part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
            } - bound
        elif isinstance(scope, ast.ClassDef):
            names |= {
                part.id for part in ast.walk(scope) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
            }
    return names
