"""Reading the CSV tables that people write."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path

from gradekit.errors import GradekitError


@contextmanager
def open_table(path: Path) -> Iterator[csv.DictReader[str]]:
    """The rows of a CSV file in UTF-8, with or without a byte-order mark; GradekitError if it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield csv.DictReader(file)
    except OSError as error:
        raise GradekitError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise GradekitError(f"{path}: is not UTF-8 text; save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise GradekitError(f"{path}: is not a CSV file ({error}).") from error


def amount_of(text: str | None) -> float | None:
    """The number that `text` holds, or None if it is none, infinite or negative."""
    try:
        amount = float(text or "")
    except ValueError:
        return None
    return amount if isfinite(amount) and amount >= 0 else None
