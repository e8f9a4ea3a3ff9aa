"""Reports: a class of scores as terminal table, gradebook, feedback pages and JSON; nothing is run."""

from gradekit.report.classreport import ClassReport, Result, assemble
from gradekit.report.formats import Format, find_format, formats, write_reports

__all__ = ["ClassReport", "Format", "Result", "assemble", "find_format", "formats", "write_reports"]
