"""A CSV file as spreadsheets and platforms write it: commas, semicolons or tabs, UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gradekit.errors import GradekitError
from gradekit.intake.folder import read_file
from gradekit.intake.text import UnusableFileError

_MOST_BYTES = 50 << 20
_LONGEST_CELL = 1 << 20


@dataclass(frozen=True)
class Table:
    """The headings and the rows with their line numbers; every row is as long as the headings."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def index(self, *headings: str) -> int | None:
        """Where the first of these headings stands, compared without case; None where none does."""
        found = {heading.strip().casefold(): at for at, heading in reversed(list(enumerate(self.columns)))}
        return next((found[heading] for heading in headings if heading in found), None)

    def cells(self, **wanted: int | None) -> Iterator[tuple[int, tuple[str, ...], Mapping[str, str]]]:
        """For each row its line, its cells, and the cells of the columns `wanted` by name, "" where there is none."""
        for line, row in self.rows:
            yield line, row, {name: "" if at is None else row[at].strip() for name, at in wanted.items()}


def read_table(path: Path) -> Table:
    """Read a CSV file; raises GradekitError that says how to mend it."""
    try:
        text = _text(read_file(path.resolve(), _MOST_BYTES))
    except UnusableFileError as trouble:
        raise GradekitError(f"{path}: {trouble}.") from None
    except UnicodeDecodeError:
        raise GradekitError(f"{path}: is not UTF-8 text; save it as CSV UTF-8.") from None
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        columns = tuple(next(reader, ()))
        rows = tuple((reader.line_num, _fitted(row, len(columns))) for row in reader if any(map(str.strip, row)))
    except csv.Error as error:
        raise GradekitError(f"{path}: is not a CSV file ({error}).") from None
    finally:
        csv.field_size_limit(limit)
    if not columns or not rows:
        raise GradekitError(f"{path}: holds no class list; it needs a line of headings and one for each student.")
    return Table(path, columns, rows)


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return unicodedata.normalize("NFC", data.decode("utf-16"))
    return unicodedata.normalize("NFC", data.decode("utf-8-sig"))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _fitted(row: list[str], length: int) -> tuple[str, ...]:
    return tuple([*row, *[""] * (length - len(row))][:length])
