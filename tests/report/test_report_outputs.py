"""What the assistant and the student see of a class."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from report_samples import ACCURATE, CLASS, CONFIG, HINTS, PARTIAL, PERFECT, TITLES, failed, record
from rich.cells import cell_len
from rich.console import Console

from gradekit.checkkit import failure
from gradekit.errors import GradekitError
from gradekit.records import STATUSES, Outcome, file_stem
from gradekit.report import assemble, find_format, formats, write_reports
from gradekit.report.feedback import feedback_page
from gradekit.report.gradebook import gradebook_csv, write_gradebook
from gradekit.report.jsonreport import json_report
from gradekit.report.terminal import class_table
from gradekit.report.wording import CATEGORY_TEXT, STATUS_TEXT


def printed(renderable, width: int, color: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        highlight=False,
        force_terminal=color,
        color_system="standard" if color else None,
    )
    console.print(renderable)
    return console.file.getvalue()


def page_of(entry, **changes) -> str:
    report = assemble([replace(entry, **changes)], CONFIG, TITLES, HINTS)
    return feedback_page(report, report.results[0])


# -- terminal --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_is_as_it_was_reviewed(width, report, golden):
    golden(f"table-{width}.txt", printed(class_table(report), width))


@pytest.mark.parametrize("width", [50, 60, 80, 100, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(width, report):
    lines = printed(class_table(report), width).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "".join(lines))


def test_thirteen_parts_and_a_long_chinese_name_fit_eighty_columns():
    part = CONFIG.parts[0]
    parts = tuple(
        replace(
            part,
            name=f"softmax-cross-entropy-{n}",
            checks=tuple(replace(c, name=f"{c.name}_{n}", requires=()) for c in part.checks),
        )
        for n in range(13)
    )
    config = replace(CONFIG, parts=parts)
    entries = [replace(PERFECT, student="李" * 300, outcomes=tuple(Outcome(n, "x", "passed") for n in config.checks))]
    lines = printed(class_table(assemble(entries, config, {}, {})), 80).split("\n")
    assert max(map(cell_len, lines)) <= 80
    (row,) = [line for line in lines if "李" in line]
    assert row.split()[1:] == ["8"] * 13 + ["104", "graded"]
    assert "M softmax-cross-entropy-12 (8)" in "\n".join(lines)


def test_colours_tell_full_partial_and_lost_points_apart(report):
    shown = printed(class_table(report), 160, color=True)
    line = next(line for line in shown.split("\n") if "student-002" in line)
    assert "\x1b[32m" in line
    assert "\x1b[33m" in line
    assert "\x1b[31m" in line


def test_a_run_without_confinement_says_so_in_every_output():
    entries = [replace(entry, confined=False) for entry in (PERFECT, PARTIAL)]
    report = assemble(entries, CONFIG, TITLES, HINTS)
    assert "not confined" in printed(class_table(report), 80)
    assert "2 of 2 submissions" in printed(class_table(report), 80)
    assert all("not confined" in feedback_page(report, result) for result in report.results)
    assert {row["confined"] for row in csv.DictReader(io.StringIO(gradebook_csv(report)))} == {"no"}
    assert {student["confined"] for student in json.loads(json_report(report))["students"]} == {False}


def test_a_confined_run_does_not_say_it(report):
    assert "not confined" not in printed(class_table(report), 80)
    assert not any("not confined" in feedback_page(report, result) for result in report.results)


def test_the_data_is_named_in_every_output(report):
    assert "Accuracies were counted on: MNIST" in printed(class_table(report), 80)
    assert "Accuracies were counted on MNIST." in page_of(PERFECT)
    assert next(csv.DictReader(io.StringIO(gradebook_csv(report.only({"student-001"})))))["data"] == "MNIST"
    assert json.loads(json_report(report.only({"student-001"})))["students"][0]["data"] == ["MNIST"]


def test_checks_that_were_never_run_or_broke_the_grader_are_named_to_the_assistant():
    older = replace(PERFECT, outcomes=tuple(o for o in PERFECT.outcomes if o.check != "test_relu"))
    broken = record("student-009", ACCURATE, Outcome("test_relu", "relu", "internal-error", got="KeyError: 3"))
    shown = printed(class_table(assemble([older, broken], CONFIG, TITLES, HINTS)), 120)
    assert "not run yet: test_relu (grade again)" in shown
    assert "the grader failed in test_relu" in shown


def test_an_empty_class_has_a_table():
    assert "0 graded" in printed(class_table(assemble([], CONFIG, {}, {})), 80)


# -- feedback --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["student-001", "student-002", "student-003", "student-004", "student-005"])
def test_the_feedback_page_is_as_it_was_reviewed(student, report, golden):
    (result,) = report.only({student}).results
    golden(f"feedback-{student}.md", feedback_page(report, result))


def test_a_failed_public_check_says_what_was_called_what_came_back_and_what_was_expected():
    page = page_of(PARTIAL)
    for text in (
        "backward gives shapes (N, in), (in, out) and (out,)",
        "layer.backward(grad_output)",
        "grad_bias of shape (7, 2)",
        "grad_bias of shape (2,)",
        "Compare the shape of `grad_bias` with that of `bias`.",
        "The bias gradient is not summed over the batch",
    ):
        assert text in page


def test_a_page_never_holds_a_hidden_title_or_value(report):
    pages = "".join(feedback_page(report, result) for result in report.results)
    assert "A hidden check (5 points)" in pages
    assert "Look at what a second call of backward adds up." in pages
    assert "HIDDEN-TITLE" not in pages
    assert "SECRET" not in pages
    assert "600 times the CPU" not in pages


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in ("passed", "failed")])
def test_a_hidden_check_that_was_not_compared_shows_only_our_own_words(status):
    outcome = Outcome("test_relu", "relu", status, "LEAK", "LEAK", "LEAK", "LEAK", "LEAK", output="LEAK")
    page = page_of(record("student-001", ACCURATE, outcome))
    assert "LEAK" not in page
    assert STATUS_TEXT[status][1:] in page


def test_a_check_that_pays_only_with_another_says_which_without_naming_hidden_ones():
    failing = failed("test_sigmoid_values", "value")
    assert "it pays only together with: sigmoid gives 1 / (1 + exp(-z))" in page_of(
        record("student-001", ACCURATE, failing)
    )
    sigmoid = CONFIG.parts[0]
    values, warning, tails = sigmoid.checks
    checks = (values, replace(warning, requires=("test_sigmoid_tails",)), tails)
    config = replace(CONFIG, parts=(replace(sigmoid, checks=checks), *CONFIG.parts[1:]))
    entry = record("student-001", ACCURATE, failed("test_sigmoid_tails", "value"))
    report = assemble([entry], config, TITLES, HINTS)
    page = feedback_page(report, report.results[0])
    assert "it pays only together with: another check." in page
    assert "HIDDEN-TITLE" not in page


def test_what_the_code_printed_is_cut_at_four_kilobytes():
    outcome = failed("test_sigmoid_values", "value", output="é" * 10_000)
    page = page_of(record("student-001", ACCURATE, outcome))
    assert page.count("é") == 2048


def test_a_hostile_submission_cannot_leave_its_place_in_the_page():
    hostile = "</code>\n```\n# Total: 100\n<script>alert(1)</script>\n![x](http://x)\n[x]: http://x\x1b[2J"
    outcome = failed(
        "test_sigmoid_values",
        "value",
        called=hostile,
        got=hostile,
        expected=hostile,
        advice=hostile,
        remarks=(hostile,),
    )
    page = page_of(record(hostile, replace(outcome, output=hostile), remarks=(hostile,)))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)
    inline = [child.type for token in tokens for child in token.children or ()]
    headings = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert not {"html_block", "html_inline"} & ({token.type for token in tokens} | set(inline))
    assert not {"link_open", "image"} & set(inline)
    assert [heading.split(":")[0] for heading in headings[1:]] == [
        "The function `sigmoid`",
        "sigmoid gives 1 / (1 + exp(-z)) for every element (5 points)",
        "Handwritten digits",
        "A hidden check (10 points)",
        "Remarks that cost nothing",
    ]
    assert "\x1b" not in page


def test_every_category_of_the_check_kit_has_words():
    statuses = {"missing", "not-implemented", "raised"}
    assert set(failure.HEADLINES) - statuses <= set(CATEGORY_TEXT)
    assert set(STATUS_TEXT) == set(STATUSES)


def test_an_untouched_stub_is_told_in_one_line():
    outcome = Outcome(
        "test_sigmoid_values",
        "sigmoid",
        "not-implemented",
        "not-implemented",
        called="sigmoid",
        got='NotImplementedError: TODO 1: sigmoid\nactivations.py, line 45: raise NotImplementedError("TODO 1: sigmoid")',
        expected="a value",
    )
    page = page_of(record("student-001", ACCURATE, outcome))
    assert "**Not implemented yet.**\n\nCame back:\n\n```text\nNotImplementedError: TODO 1: sigmoid\n```\n" in page
    assert "Expected" not in page


def test_a_check_that_pays_nothing_costs_nothing():
    part = CONFIG.parts[0]
    values, *others = part.checks
    config = replace(CONFIG, parts=(replace(part, checks=(replace(values, points=0), *others)), *CONFIG.parts[1:]))
    report = assemble([record("student-001", ACCURATE, failed("test_sigmoid_values", "value"))], config, TITLES, HINTS)
    assert "for every element (costs no points)" in feedback_page(report, report.results[0])


# -- gradebook -------------------------------------------------------------------------------------------------------


def test_the_gradebook_is_as_it_was_reviewed(report, golden):
    golden("gradebook.csv", gradebook_csv(report.only({f"student-00{n}" for n in range(1, 6)})))


def test_the_gradebook_is_read_back_by_any_csv_reader(report):
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(gradebook_csv(report), newline=""))}
    assert len(rows) == len(CLASS)
    assert rows["student-002"]["linear-backward"] == "0"
    assert rows["student-001"]["discussion"] == "4.5"
    assert rows["student-002"]["discussion"] == ""
    assert float(rows["student-005"]["total"]) == 34.4
    assert rows["student-002"]["misconceptions"] == "bias-not-summed"
    assert rows["student-004"]["reason"] == "no file of this lab was found in the archive"


@pytest.mark.parametrize("student", ["Doe, Jane", 'Jane "J" Doe', "李小龙", "x" * 300, "O'Neil; =1+1", "Müller"])
def test_unusual_names_stay_one_cell(student, tmp_path):
    report = assemble([replace(PERFECT, student=student)], CONFIG, TITLES, HINTS)
    with write_gradebook(report, tmp_path).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["student"] == student.replace("; =", "; '=")
    assert row["status"] == "graded"
    assert row["feedback"] == f"feedback/{file_stem(student)}.md"


def test_only_a_class_with_other_than_ascii_names_gets_a_byte_order_mark(tmp_path):
    for student, marked in (("student-001", False), ("Müller", True)):
        report = assemble([replace(PERFECT, student=student)], CONFIG, TITLES, HINTS)
        assert write_gradebook(report, tmp_path).read_bytes().startswith(b"\xef\xbb\xbf") is marked


# -- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_has_the_fixed_keys(report):
    value = json.loads(json_report(report))
    assert value["lab"] == "backprop"
    assert [student["student"] for student in value["students"]] == sorted(entry.student for entry in CLASS)
    student = next(student for student in value["students"] if student["student"] == "student-002")
    assert (student["total"], student["max"], student["status"]) == (12, 43, "graded")
    assert student["parts"]["mnist"]["points"] == 4
    assert student["parts"]["mnist"]["max"] == 10
    check = student["checks"]["test_linear_backward_shapes"]
    assert (check["part"], check["outcome"], check["misconception"]) == ("linear-backward", "failed", "bias-not-summed")
    assert student["checks"]["test_sigmoid_values"]["misconception"] is None
    assert list(student["checks"]) == list(CONFIG.checks)


def test_an_ungradable_student_is_in_the_json_with_every_check_not_run(report):
    (student,) = json.loads(json_report(report.only({"student-004"})))["students"]
    assert (student["status"], student["total"]) == ("ungradable", 0)
    assert {check["outcome"] for check in student["checks"].values()} == {"not-run"}


# -- all together ----------------------------------------------------------------------------------------------------


def test_the_default_format_writes_gradebook_and_one_page_per_student(tmp_path):
    printed(write_reports(tmp_path, CLASS, CONFIG, TITLES, HINTS), 80)
    assert (tmp_path / "gradebook.csv").is_file()
    assert {path.name for path in (tmp_path / "feedback").iterdir()} == {f"{file_stem(e.student)}.md" for e in CLASS}


def test_pages_of_removed_students_go_and_nothing_else(tmp_path):
    printed(write_reports(tmp_path, CLASS, CONFIG, TITLES, HINTS), 80)
    folder = tmp_path / "feedback"
    (folder / "notes.md").write_text("# Mine\n")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "student-002.json").write_text("{")  # damaged: its page may be the only one there is
    printed(write_reports(tmp_path, [PERFECT], CONFIG, TITLES, HINTS), 80)
    assert {page.name for page in folder.iterdir()} == {"student-001.md", "student-002.md", "notes.md"}


def test_files_are_of_the_whole_class_also_when_some_students_are_shown(tmp_path):
    shown = printed(write_reports(tmp_path, CLASS, CONFIG, TITLES, HINTS, shown={"student-001"}), 80)
    assert "student-002" not in shown
    assert "student-002" in (tmp_path / "gradebook.csv").read_text()


@pytest.mark.parametrize("name", ["csv", "json"])
def test_formats_for_programs_print_text_and_write_no_file(name, tmp_path):
    assert isinstance(write_reports(tmp_path, CLASS, CONFIG, TITLES, HINTS, name), str)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused_with_what_there_is():
    assert {"csv", "json", "table"} <= set(formats())
    with pytest.raises(GradekitError, match=r"'xml': there is no such format; choose .*csv, .*table"):
        find_format("xml")


def test_a_file_where_the_feedback_folder_goes_is_refused_in_one_line(tmp_path):
    (tmp_path / "feedback").touch()
    with pytest.raises(GradekitError, match="feedback: cannot be made"):
        write_reports(tmp_path, CLASS, CONFIG, TITLES, HINTS)
