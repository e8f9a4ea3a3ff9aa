"""What checks there are, read from their files without running them."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from pathlib import Path

from gradekit.errors import CourseError
from gradekit.rubric.types import Visibility


@dataclass(frozen=True)
class CheckInfo:
    """One check function; `title` is the first paragraph of its docstring, `line` where it is defined."""

    name: str
    title: str
    visibility: Visibility
    file: Path
    line: int


def index_checks(public_dir: Path, hidden_dir: Path) -> dict[str, CheckInfo]:
    """Every `test_*` function of the `test_*.py` files in the two folders, by name.

    Raises CourseError for a name that stands twice, a check without a docstring, or a file that is not Python.
    """
    index: dict[str, CheckInfo] = {}
    folders: tuple[tuple[Path, Visibility], ...] = ((public_dir, "public"), (hidden_dir, "hidden"))
    for folder, visibility in folders:
        for file in sorted(folder.glob("test_*.py")):
            for check in _checks(file, visibility):
                if check.name in index:
                    first = index[check.name]
                    raise CourseError(
                        f"{file}:{check.line}: the check {check.name!r} is also defined at "
                        f"{first.file.name}:{first.line}: names are unique in a course, rename one"
                    )
                index[check.name] = check
    return index


def _checks(file: Path, visibility: Visibility) -> list[CheckInfo]:
    try:
        tree = ast.parse(file.read_bytes(), filename=str(file))
    except SyntaxError as error:
        raise CourseError(f"{file}:{error.lineno or 1}: syntax error: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise CourseError(f"{file}: cannot be read as Python: {error}") from error
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return [CheckInfo(node.name, _title(node, file), visibility, file, node.lineno) for node in functions]


def _title(function: ast.FunctionDef, file: Path) -> str:
    paragraph = inspect.cleandoc(ast.get_docstring(function) or "").split("\n\n")[0]
    if not paragraph:
        raise CourseError(f"{file}:{function.lineno}: {function.name} has no docstring: write its title, one sentence")
    return " ".join(paragraph.split())
