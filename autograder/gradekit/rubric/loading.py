"""Load `grading_config.py`: executed by path, validated, and refused with the line to mend."""

from __future__ import annotations

import ast
import sys
import traceback
import types
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from gradekit.errors import CourseError
from gradekit.rubric.source import SourceMap, remember
from gradekit.rubric.typecheck import wrong_types
from gradekit.rubric.types import GradingConfig
from gradekit.rubric.validation import problems

_MODULE = "_gradekit_grading_config"


def load_config(path: Path) -> GradingConfig:
    """The validated rubric in the Python file at `path`.

    Raises CourseError whose message begins with `NAME:LINE:` of the line to mend.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}). A course root is the folder that holds {path.name}."
        ) from error
    try:
        tree = ast.parse(source, filename=str(path))
        code = compile(tree, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _refusal(path, error.lineno or 1, f"syntax error: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise _refusal(path, 1, f"this is not Python source: {error}") from error

    config = _execute(path, code).get("config")
    lines = SourceMap(tree)
    if not isinstance(config, GradingConfig):
        raise _refusal(path, lines.line(config, ()), "it must end with `config = GradingConfig(...)`")
    # Rules rely on the types, so the types come first and the rules only if all of them fit.
    for where, problem in chain(wrong_types(config), problems(config)):
        raise _refusal(path, lines.line(config, where), problem)
    remember(config, path.name, lines)
    return config


def _execute(path: Path, code: types.CodeType) -> Mapping[str, Any]:
    module = types.ModuleType(_MODULE)
    module.__file__ = str(path)
    sys.modules[_MODULE] = module  # dataclasses and pickling look a module up by its name
    try:
        exec(code, module.__dict__)  # noqa: S102 - the course's own file, as trusted as its checks
    except (Exception, SystemExit) as error:
        raise _refusal(path, _line_of(error, path), f"{type(error).__name__}: {error}") from error
    finally:
        del sys.modules[_MODULE]
    return module.__dict__


def _line_of(error: BaseException, path: Path) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path) and frame.lineno]
    return lines[-1] if lines else 1


def _refusal(path: Path, line: int, problem: str) -> CourseError:
    return CourseError(f"{path.name}:{line}: {' '.join(problem.split())}")
