"""Score a file of predictions (`ImageId,Label`) against labels that the course knows: accuracy and the pairs most often confused."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradekit.errors import GradekitError

COLUMNS = ("ImageId", "Label")
_LARGEST_FILE = 8 << 20
_PAIRS = 5


@dataclass(frozen=True)
class PredictionScore:
    """How many of ``total`` labels are ``right``, and (true label, predicted label, how often) of the commonest mistakes."""

    right: int
    total: int
    confused: tuple[tuple[int, int, int], ...]

    @property
    def accuracy(self) -> float:
        """The share of labels that are right, from 0 to 1."""
        return self.right / self.total


def read_predictions(path: Path, count: int) -> list[int]:
    """Return the labels of a CSV file with the columns ImageId (1 … ``count``, each once, in any order) and Label (an integer).

    Raises GradekitError with the line to mend.
    """
    labels: dict[int, int] = {}
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise GradekitError(
                f"{path.name} has more than {_LARGEST_FILE >> 20} MiB: it is no file of {count:,} labels"
            )
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.reader(stream, strict=True)
            if tuple(next(rows, ())) != COLUMNS:
                raise GradekitError(f"{path.name}, line 1: must be {','.join(COLUMNS)}")
            for row in rows:
                image, label = _integers(row, f"{path.name}, line {rows.line_num}")
                if not 1 <= image <= count:
                    raise GradekitError(f"{path.name}, line {rows.line_num}: ImageId {image} is not from 1 to {count}")
                if image in labels:
                    raise GradekitError(f"{path.name}, line {rows.line_num}: ImageId {image} is there twice")
                labels[image] = label
    except OSError as error:
        raise GradekitError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise GradekitError(f"{path.name} is no CSV file in UTF-8: {error}") from error
    if len(labels) < count:
        missing = next(image for image in range(1, count + 1) if image not in labels)
        raise GradekitError(
            f"{path.name} has {len(labels)} of {count} labels; the first that is missing is ImageId {missing}"
        )
    return [labels[image] for image in range(1, count + 1)]


def score_predictions(predicted: Sequence[int], truth: Sequence[int]) -> PredictionScore:
    """Compare labels one by one; both have the same length, at least 1."""
    pairs = Counter(zip(truth, predicted, strict=True))
    confused = [(true, guess, times) for (true, guess), times in pairs.items() if true != guess]
    confused.sort(key=lambda pair: (-pair[2], pair))
    right = len(truth) - sum(times for *_, times in confused)
    return PredictionScore(right, len(truth), tuple(confused[:_PAIRS]))


def _integers(row: Sequence[str], where: str) -> tuple[int, int]:
    # int() would also take other scripts' digits, underlines and thousands of digits
    if len(row) != len(COLUMNS) or not all(cell.isascii() and cell.isdigit() and len(cell) <= 9 for cell in row):
        raise GradekitError(f"{where}: must be two whole numbers, {' and '.join(COLUMNS)}")
    return int(row[0]), int(row[1])
