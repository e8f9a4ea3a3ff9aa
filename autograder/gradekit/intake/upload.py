"""An upload as a list of readable items, whatever it was on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradekit.errors import IntakeError
from gradekit.intake.names import escaped, shown, twin_key

TAKEN = (".py", ".ipynb", ".zip")


@dataclass(frozen=True)
class Item:
    """One entry of an upload: its folders and name, and its time stamp in seconds since the epoch."""

    path: tuple[str, ...]
    modified: float | None

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def folder(self) -> tuple[str, ...]:
        return self.path[:-1]


@dataclass(frozen=True)
class Upload:
    """The items of one upload that may matter, and `read(item, limit)` for their bytes.

    A folder that is called like a source file is an item as well, so that its name is not simply missing. `read` raises
    `UnusableFileError` when this one file cannot be taken (a link, more than `limit` bytes), `IntakeError` when the
    upload as a whole cannot.
    """

    title: str
    items: tuple[Item, ...]
    read: Callable[[Item, int], bytes]


def demand_distinct(title: str, paths: list[tuple[str, ...]]) -> None:
    """Raise `IntakeError` for two paths that are one to some file system: duplicates, other case or composition."""
    files: set[tuple[str, ...]] = set()
    spelling: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in paths:
        if path in files:
            raise IntakeError(f'{title} holds "{shown("/".join(path))}" twice; keep one and hand in again')
        files.add(path)
        if not path[-1].casefold().endswith(TAKEN):
            continue  # twins among pictures and notes do no harm
        folded = tuple(map(twin_key, path))
        for length in range(1, len(path) + 1):
            known = spelling.setdefault(folded[:length], path[:length])
            if known != path[:length]:
                one, two = escaped("/".join(known)), escaped("/".join(path[:length]))
                raise IntakeError(
                    f'{title} holds "{shown(one)}" and "{shown(two)}", one name on some computers; keep one of them'
                )
