"""`--format json`: the class for programs, on the standard output."""

from __future__ import annotations

from gradekit.report.formats.base import Format
from gradekit.report.jsonreport import json_report

FORMAT = Format("json", "points, outcomes and misconceptions for programs", json_report)
