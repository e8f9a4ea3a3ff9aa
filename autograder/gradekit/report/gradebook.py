"""The gradebook as CSV: one line per student, one column per part."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from gradekit.records import file_stem, write_atomically
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import csv_cell
from gradekit.report.wording import points

NAME = "gradebook.csv"
_AFTER_PARTS = ("total", "maximum", "days late", "misconceptions", "data", "confined", "flags", "reason", "feedback")


def write_gradebook(report: ClassReport, out: Path) -> Path:
    """Write `out/gradebook.csv` and return its path.

    UTF-8. A class whose names are not all ASCII gets a byte-order mark, without which Excel shows them garbled; read
    the file as `utf-8-sig`, which is right with and without the mark.
    """
    text = gradebook_csv(report)
    path = out / NAME
    write_atomically(path, text.encode("utf-8" if text.isascii() else "utf-8-sig"))
    return path


def gradebook_csv(report: ClassReport) -> str:
    """The table as CSV (RFC 4180: commas, every text in quotes, CR LF)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    parts = [part.name for part in report.config.parts]
    writer.writerow(["student", "status", *parts, *_AFTER_PARTS])
    for result in report.results:
        writer.writerow(_row(result))
    return buffer.getvalue()


def _row(result: Result) -> list[str | _Number]:
    record, score = result.record, result.score
    return [
        csv_cell(record.student),
        score.status,
        *("" if part.pending else _Number(part.points) for part in score.parts.values()),
        _Number(score.total),
        _Number(score.maximum),
        _Number(score.days_late),
        csv_cell(" ".join(result.misconceptions)),
        csv_cell(" ".join(result.data)),
        "yes" if record.confined else "no",
        csv_cell("; ".join(result.flags)),
        csv_cell(record.reason),
        f"feedback/{file_stem(record.student)}.md",
    ]


class _Number(float):
    """A number that CSV shows as `8` and `7.5`, not as `8.0`."""

    def __str__(self) -> str:
        return points(self)

    __repr__ = __str__
