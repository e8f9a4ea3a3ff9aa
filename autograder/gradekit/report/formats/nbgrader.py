"""`--format nbgrader`: the columns of nbgrader's own CSV export, quoted where they must be, on the standard output."""

from __future__ import annotations

import csv
import io

from gradekit.report.classreport import ClassReport
from gradekit.report.escape import csv_cell
from gradekit.report.formats.base import Format
from gradekit.report.wording import points

# nbgrader/plugins/export.py, 0.9
COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def nbgrader_csv(report: ClassReport) -> str:
    """The table of `nbgrader export` (comma separated, CR LF); dates and names, which records do not hold, stay empty.

    As in nbgrader's gradebook, `max_score` counts bonus and manual parts too.
    """
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, restval="")
    writer.writeheader()
    maximum = sum(part.points for part in report.config.parts)
    for result in report.results:
        score = result.score
        writer.writerow(
            {
                "assignment": csv_cell(report.config.lab),
                "student_id": csv_cell(result.record.student),
                "raw_score": points(score.earned),
                "late_submission_penalty": points(score.earned - score.total),
                "score": points(score.total),
                "max_score": points(maximum),
            }
        )
    return buffer.getvalue()


FORMAT = Format("nbgrader", "the columns of nbgrader's CSV export", nbgrader_csv)
