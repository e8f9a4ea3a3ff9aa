"""`--format table`: the class in the terminal, the gradebook and the feedback pages in the folder."""

from __future__ import annotations

from pathlib import Path

from gradekit.report.classreport import ClassReport
from gradekit.report.feedback import write_feedback
from gradekit.report.formats.base import Format
from gradekit.report.gradebook import write_gradebook
from gradekit.report.terminal import class_table


def _write_files(report: ClassReport, out: Path) -> tuple[Path, ...]:
    return write_gradebook(report, out), write_feedback(report, out)


FORMAT = Format("table", "a table in the terminal; writes gradebook.csv and feedback/", class_table, _write_files)
