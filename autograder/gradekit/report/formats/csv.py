"""`--format csv`: the gradebook on the standard output."""

from __future__ import annotations

from gradekit.report.formats.base import Format
from gradekit.report.gradebook import gradebook_csv

FORMAT = Format("csv", "the gradebook as CSV", gradebook_csv)
