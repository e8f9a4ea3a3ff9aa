"""`--format junit`: JUnit XML with the elements and attributes that pytest writes, one suite per student.

The standard library writes it: a library for JUnit would add nothing, since none of them removes the characters that
XML cannot hold.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from gradekit.records import Status
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import plain, plain_lines
from gradekit.report.findings import Finding, finding_of, shortfall
from gradekit.report.formats.base import Format
from gradekit.report.wording import PRACTICE, points
from gradekit.scoring import CheckScore, PartScore

# Records hold no times, and readers expect the attribute.
_TIME = "0.000"
# What `plain` leaves and XML 1.0 forbids: its section 2.2, "Characters".
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ERRORS: tuple[Status, ...] = ("internal-error",)
_SKIPPED: tuple[Status, ...] = ("not-run",)


def junit_xml(report: ClassReport) -> str:
    """The class as one XML document; a test case of a hidden check has a number for a name, and no values."""
    root = ET.Element("testsuites", name=_attribute(report.config.title))
    for result in report.results:
        root.append(_suite(report, result))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(report: ClassReport, result: Result) -> ET.Element:
    suite = ET.Element("testsuite", name=_attribute(result.record.student))
    score = result.score
    properties = ET.SubElement(suite, "properties")
    facts = {"points": points(score.total), "maximum": points(score.maximum), "days-late": str(score.days_late)}
    if result.record.status == "graded" and not result.record.confined:
        facts["warning"] = PRACTICE
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=name, value=value)
    if result.record.status == "ungradable":
        case = ET.SubElement(suite, "testcase", classname="hand-in", name="can be graded", time=_TIME)
        ET.SubElement(case, "error", message=_attribute(result.record.reason))
    else:
        for part in score.parts.values():
            suite.extend(_case(part, number, check, report) for number, check in enumerate(part.checks, start=1))
    counts = {tag: len(suite.findall(f"testcase/{tag}")) for tag in ("error", "failure", "skipped")}
    suite.attrib |= {
        "errors": str(counts["error"]),
        "failures": str(counts["failure"]),
        "skipped": str(counts["skipped"]),
        "tests": str(len(suite.findall("testcase"))),
        "time": _TIME,
    }
    return suite


def _case(part: PartScore, number: int, check: CheckScore, report: ClassReport) -> ET.Element:
    public = check.check.visibility == "public"
    name = check.check.name if public else f"hidden check {number}"
    case = ET.Element("testcase", classname=_attribute(part.part.name), name=_attribute(name), time=_TIME)
    finding = finding_of(check, report)
    if finding is None:
        if check.points < check.check.points:
            ET.SubElement(case, "system-out").text = _text(shortfall(check, report))
        return case
    status = check.outcome.status
    tag = "error" if status in _ERRORS else "skipped" if status in _SKIPPED else "failure"
    told = ET.SubElement(case, tag, message=_attribute(finding.cause.what))
    if tag == "skipped":
        told.set("type", "pytest.skip")
    told.text = _text(_details(finding))
    if finding.cause.output:
        ET.SubElement(case, "system-out").text = _text(finding.cause.output)
    return case


def _details(finding: Finding) -> str:
    texts = [f"{head}:\n{text}" for head, text in finding.cause.values]
    texts += [finding.cause.advice] if finding.cause.advice else []
    texts += [f"{title}. {hint}" for title, hint in finding.hints]
    return "\n\n".join([", ".join(finding.titles), *texts])


def _attribute(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", plain(text))


def _text(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", plain_lines(text))


FORMAT = Format("junit", "JUnit XML on the standard output", junit_xml)
