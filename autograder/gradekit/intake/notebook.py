"""A Jupyter notebook → its code cells as text; outputs, metadata and attachments are never looked at."""

from __future__ import annotations

import json
from typing import Any

from gradekit.errors import IntakeError
from gradekit.intake.magics import neutralise
from gradekit.intake.names import shown
from gradekit.intake.text import normal_newlines, text_trouble
from gradekit.rubric import IntakeLimits

MOST_CELLS = 1_000
# Brackets and commas bound the number of objects that parsing can make, whatever the file claims.
MOST_NODES = 500_000
CODE_PER_FILE_LIMIT = 4
_UNREAD = frozenset({"outputs", "attachments"})
_PYTHONS = frozenset({"python", "python3", "ipython"})
_CLEAR = 'choose "Clear all outputs", save it and hand it in again'


def code_cells(data: bytes, name: str, limits: IntakeLimits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The code cells of notebook `name` in order, as plain Python, and remarks on cells that were left out.

    Formats 3 and 4. Raises `IntakeError` when `data` is no notebook, is too large, or was not written for Python.
    """
    name = shown(name)
    if len(data) > limits.notebook_bytes:
        raise IntakeError(f"{name} has {len(data):,} bytes, more than {limits.notebook_bytes:,}; {_CLEAR}")
    if sum(map(data.count, (b"[", b"{", b","))) > MOST_NODES:
        raise IntakeError(f"{name} holds more than {MOST_NODES:,} values; {_CLEAR}")
    notebook = _parse(data, name)
    _demand_python(notebook, name)
    sources = _sources(notebook, name)
    total = sum(len(source) for _, source in sources)
    most = CODE_PER_FILE_LIMIT * limits.file_bytes
    if total > most:
        raise IntakeError(f"{name} has {total:,} characters of code, more than {most:,}; leave data out of the code")
    cells: list[str] = []
    remarks: list[str] = []
    for number, source in sources:
        text = normal_newlines(source)
        trouble = text_trouble(text)
        if trouble:
            remarks.append(f"cell {number} of {name} was left out: it {trouble}")
            continue
        cell = neutralise(text)
        if cell.strip():
            cells.append(cell)
    return tuple(cells), tuple(remarks)


def _parse(data: bytes, name: str) -> dict[str, Any]:
    try:
        notebook = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_object, parse_int=_integer, parse_constant=lambda _: None
        )
    except UnicodeDecodeError:
        raise IntakeError(f"{name} is not saved as UTF-8; save it again with Jupyter") from None
    except json.JSONDecodeError as error:
        raise IntakeError(
            f"{name} is no notebook (line {error.lineno} is no JSON); save it again with Jupyter"
        ) from None
    except RecursionError:
        raise IntakeError(f"{name} is nested too deeply; {_CLEAR}") from None
    except _HostileJSONError as error:
        raise IntakeError(f"{name} {error}; save it again with Jupyter") from None
    if not isinstance(notebook, dict):
        raise IntakeError(f"{name} is no notebook; save it again with Jupyter")
    return notebook


class _HostileJSONError(Exception):
    """JSON that readers understand differently."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {key: None if key in _UNREAD else value for key, value in pairs}
    if len(found) != len(pairs):
        raise _HostileJSONError("has the same key twice in one object")
    return found


def _integer(digits: str) -> int:
    if len(digits) > 25:
        raise _HostileJSONError("contains a number that is too long")
    return int(digits)


def _demand_python(notebook: dict[str, Any], name: str) -> None:
    metadata = notebook.get("metadata")
    for group, key in (("language_info", "name"), ("kernelspec", "language")):
        about = metadata.get(group) if isinstance(metadata, dict) else None
        language = about.get(key) if isinstance(about, dict) else None
        if isinstance(language, str) and language.lower() not in _PYTHONS:
            raise IntakeError(f"{name} is written for {shown(language, 30)}, not for Python; choose a Python kernel")


def _sources(notebook: dict[str, Any], name: str) -> list[tuple[int, str]]:
    """Numbers (counted from 1 over all cells) and source of the code cells."""
    version = notebook.get("nbformat")
    if version == 4:
        cells, key = notebook.get("cells"), "source"
    elif version == 3:
        sheets = notebook.get("worksheets")
        if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
            raise IntakeError(f"{name} has no worksheets; save it again with Jupyter")
        parts = [sheet.get("cells") for sheet in sheets]
        cells, key = [cell for part in parts if isinstance(part, list) for cell in part], "input"
    else:
        raise IntakeError(f"{name} is no notebook of format 3 or 4; save it again with Jupyter")
    if not isinstance(cells, list):
        raise IntakeError(f"{name} has no list of cells; save it again with Jupyter")
    if len(cells) > MOST_CELLS:
        raise IntakeError(
            f"{name} has {len(cells):,} cells, more than {MOST_CELLS:,}; delete those that are not needed"
        )
    found = []
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            raise IntakeError(f"cell {number} of {name} is damaged; save the notebook again with Jupyter")
        if cell.get("cell_type") == "code":
            found.append((number, _source(cell.get(key), number, name)))
    return found


def _source(source: Any, number: int, name: str) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    raise IntakeError(f"cell {number} of {name} has no source text; save the notebook again with Jupyter")
