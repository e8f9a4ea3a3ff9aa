"""The formats of `gradekit report`: each module of this package declares one as `FORMAT`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rich.console import Group, RenderableType
from rich.text import Text

from gradekit.errors import GradekitError
from gradekit.records import Record
from gradekit.report.classlist import ClassList
from gradekit.report.classreport import assemble
from gradekit.report.escape import terminal
from gradekit.report.formats.base import Format
from gradekit.rubric import GradingConfig

__all__ = ["Format", "find_format", "formats", "write_reports"]


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its name, in alphabetical order."""
    modules = (info.name for info in pkgutil.iter_modules(__path__) if info.name != "base")
    declared = (importlib.import_module(f"{__name__}.{name}").FORMAT for name in sorted(modules))
    return MappingProxyType({format_.name: format_ for format_ in declared})


def find_format(name: str) -> Format:
    """The format called `name`; raises GradekitError that lists what there is."""
    try:
        return formats()[name]
    except KeyError:
        raise GradekitError(f"--format {name!r}: there is no such format; choose {', '.join(formats())}.") from None


def write_reports(
    out: Path,
    records: Iterable[Record],
    config: GradingConfig,
    titles: Mapping[str, str],
    hints: Mapping[str, tuple[str, str]],
    format_name: str = "table",
    *,
    minutes_late: Mapping[str, float] = MappingProxyType({}),
    marks: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    shown: Collection[str] | None = None,
    class_list: ClassList | None = None,
    allow_above_maximum: bool = False,
) -> RenderableType:
    """Write the files of one format under `out` and return what to print: a `str` verbatim, else with rich.

    The files are of all `records`; what to print is only of the students in `shown`, unless that is None.
    """
    chosen = find_format(format_name)
    report = assemble(
        records,
        config,
        titles,
        hints,
        minutes_late=minutes_late,
        marks=marks,
        class_list=class_list,
        allow_above_maximum=allow_above_maximum,
    )
    paths = chosen.write_files(report, out)
    rendered = chosen.render(report if shown is None else report.only(shown))
    if not paths or isinstance(rendered, str):  # a text for programs has no room for anything else
        return rendered
    written = Text("\nWritten: " + ", ".join(terminal(str(path)) for path in paths), style="dim", overflow="fold")
    return Group(rendered, written)
