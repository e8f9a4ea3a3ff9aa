"""What GitHub Actions reads: annotations, job summary, JUnit XML, and result.json for Classroom 50."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markdown_it import MarkdownIt
from report_samples import CLASS, CONFIG, HINTS, TITLES, failed, record

from gradekit.errors import GradekitError
from gradekit.report import assemble
from gradekit.report.formats import classroom50, github
from gradekit.report.formats.junit import junit_xml
from gradekit.rubric import Check, Part

sys.path.insert(0, str(Path(__file__).parents[1] / "platforms"))
from workflow_runs import commands

PLATFORMS = Path(__file__).parents[1] / "platforms"

ATTACK = "1\n::set-output name=x::y\n::error::forged\r::stop-commands::x\n##[error]forged\n%0A::warning::w\x00\ufffe]]>"
HOSTILE = record(
    "student-666\n::error::forged",
    *(
        failed(name, "value", called=ATTACK, got=ATTACK, expected="%25", advice=ATTACK, output=ATTACK)
        for name in ("test_sigmoid_values", "test_linear_backward_values")
    ),
)


def report_of(*records):
    return assemble(records, CONFIG, TITLES, HINTS)


def test_nothing_of_a_submission_becomes_a_command():
    log = github.github_log(report_of(HOSTILE))
    found = commands(log)
    assert {name for name, *_ in found} == {"error", "notice"}
    assert all(title.keys() <= {"file", "line", "title"} for _, title, _ in found)
    (message,) = (message for name, properties, message in found if properties.get("file") == "activations.py")
    assert "::error::forged" in message  # shown as text
    assert "Expected: %25" in message
    # two logs differ in the word that switches commands on again
    tokens = re.findall(r"^::stop-commands::([0-9a-f]{32})$", log + github.github_log(report_of(HOSTILE)), re.M)
    assert len(set(tokens)) == 2


def test_a_class_is_annotated_only_where_a_person_is_needed(report):
    found = commands(github.github_log(report))
    assert [(name, properties["title"]) for name, properties, _ in found] == [
        ("error", "student-004"),
        ("warning", "student-002"),
    ]


def test_annotations_are_capped_and_say_what_is_left_out():
    many = [github.Annotation("error", f"{number}", "m") for number in range(25)]
    kept = github.capped([*many, github.Annotation("notice", "n", "m")])
    assert [annotation.title for annotation in kept] == [*map(str, range(9)), "And more", "n"]
    assert kept[9].message == "16 more are in the summary of this job."
    assert len(github.capped(many[:10])) == 10


def test_a_syntax_error_is_annotated_at_its_line(report):
    found = commands(github.github_log(report.only({"student-003"})))
    places = {(properties["file"], properties.get("line")) for name, properties, _ in found if name == "error"}
    assert places == {("activations.py", "3")}


def test_hidden_checks_keep_their_secrets(report):
    shown = report.only({"student-002"})
    for text in (github.github_log(shown), github.github_summary(shown), junit_xml(shown)):
        assert "The bias gradient is not summed over the batch" in text
        assert "SECRET" not in text
        assert "HIDDEN-TITLE" not in text
        assert "test_linear_backward_twice" not in text


def test_the_summary_goes_where_the_step_names_it(report, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step.md"))
    (tmp_path / "step.md").write_text("before\n")
    github.FORMAT.write_files(report, tmp_path)
    summary = (tmp_path / "github" / "summary.md").read_text()
    assert (tmp_path / "step.md").read_text() == f"before\n{summary}"
    html = MarkdownIt("commonmark").enable("table").render(summary)
    assert html.count("<tr>") == 1 + len(CLASS)
    assert "<script" not in html
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "step.md"))
    with pytest.raises(GradekitError, match="GITHUB_STEP_SUMMARY"):
        github.FORMAT.write_files(report, tmp_path)


def test_a_summary_that_is_too_long_is_cut_outside_of_any_code_block(monkeypatch):
    whole = github.github_summary(report_of(HOSTILE))
    for limit in range(600, len(whole.encode()), 37):
        monkeypatch.setattr(github, "MAX_SUMMARY", limit)
        text = github.github_summary(report_of(HOSTILE))
        assert len(text.encode()) <= limit + 8
        assert MarkdownIt("commonmark").parse(text)[-2].content.startswith("The rest is too long")


def test_junit_has_the_elements_and_attributes_that_pytest_writes(report, tmp_path):
    (tmp_path / "test_all.py").write_text(
        "import pytest\n"
        "@pytest.fixture\ndef broken(): raise ValueError\n"
        "def test_pass(record_testsuite_property): record_testsuite_property('points', 1); print('x')\n"
        "def test_fail(): assert 1 == 2\n"
        "def test_error(broken): pass\n"
        "def test_skip(): pytest.skip('no')\n"
    )
    options = ["-p", "no:cacheprovider", "-o", "junit_logging=system-out", "--junitxml=junit.xml"]
    subprocess.run([sys.executable, "-m", "pytest", *options], cwd=tmp_path, capture_output=True, check=False)
    theirs = shape(ET.parse(tmp_path / "junit.xml").getroot())  # noqa: S314 - written a moment ago
    ours = shape(ET.fromstring(junit_xml(report)))  # noqa: S314 - written a moment ago
    for element, attributes in ours.items():
        assert attributes <= theirs[element], element
    assert {"testsuites/testsuite", "testsuite/testcase", "testcase/failure", "testcase/error"} <= ours.keys()
    assert ours["testsuite/testcase"] == theirs["testsuite/testcase"]


def shape(root: ET.Element) -> dict[str, set[str]]:
    """parent/child -> the attributes that occur."""
    found: dict[str, set[str]] = {}
    for parent in root.iter():
        for child in parent:
            found.setdefault(f"{parent.tag}/{child.tag}", set()).update(child.attrib)
    return found


def test_junit_counts_and_survives_what_xml_cannot_hold(report):
    hostile = ET.fromstring(junit_xml(report_of(HOSTILE)))  # noqa: S314 - must be well-formed
    assert "::error::forged" in (hostile.findtext("testsuite/testcase/failure") or "")
    suites = {suite.get("name"): suite for suite in ET.fromstring(junit_xml(report))}  # noqa: S314
    one = suites["student-002"]
    counts = [one.get(name) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == ["9", "5", "0", "0"]
    assert suites["student-004"].get("errors") == "1"


ENVIRONMENT = {
    "CLASSROOM": "cs101",
    "ASSIGNMENT": "backprop",
    "OWNER": "student-001",
    "SUBMISSION_TAG": "submit/20261201T120000Z-abcdef0",
    "COMMIT_URL": "https://example.com/commit/abcdef0",
    "RELEASE_URL": "https://example.com/release",
}


def test_result_json_is_what_classroom_50_takes(report):
    schema = json.loads((PLATFORMS / "classroom50_result.schema.json").read_text())
    now = datetime(2026, 12, 1, 13, tzinfo=timezone.utc)
    for result in report.results:
        value = classroom50.classroom50_result(report, result, ENVIRONMENT, now)
        jsonschema.validate(value, schema)
        assert value["score"] <= value["max-score"]
        assert all(test["score"] <= test["max-score"] for test in value["tests"])


def test_half_points_stay_exact_in_whole_numbers(report):
    assert classroom50.scale(CONFIG) == 2  # it pays 7.5 and 2.5
    now = datetime(2026, 12, 1, 13, tzinfo=timezone.utc)
    (partial,) = (result for result in report.results if result.record.student == "student-002")
    value = classroom50.classroom50_result(report, partial, ENVIRONMENT, now)
    assert value["score"] == 2 * partial.score.total
    assert value["max-score"] == 2 * CONFIG.maximum
    whole = replace(CONFIG, parts=(Part("one", "One", 3, (Check("test_one", 3),)),))
    assert classroom50.scale(whole) == 1


def test_outside_of_classroom_50_result_json_is_refused(report):
    missing = {name: value for name, value in ENVIRONMENT.items() if name != "COMMIT_URL"}
    with pytest.raises(GradekitError, match="COMMIT_URL"):
        classroom50.classroom50_result(report, report.results[0], missing, datetime.now(timezone.utc))
