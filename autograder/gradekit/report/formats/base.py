"""What a format of `gradekit report` is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from gradekit.report.classreport import ClassReport


@dataclass(frozen=True)
class Format:
    """A format: `render` gives what to print, a `str` verbatim and anything else with rich.

    `write_files` puts the files of the format, if it has any, under a folder and returns their paths.
    """

    name: str
    summary: str
    render: Callable[[ClassReport], RenderableType]
    write_files: Callable[[ClassReport, Path], tuple[Path, ...]] = lambda _report, _out: ()
