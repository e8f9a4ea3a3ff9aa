"""The grading worksheet that goes back to Moodle, held against the rules of Moodle's own importer."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from collect_samples import CONFIG, WORKSHEET_COLUMNS, worksheet_row
from markdown_it import MarkdownIt

from gradekit.errors import GradekitError
from gradekit.records import Outcome, Record
from gradekit.report import assemble
from gradekit.report.classlist import ClassList, Member
from gradekit.report.escape import csv_html
from gradekit.report.formats import find_format
from gradekit.report.formats.moodle import MAX_COMMENT, NAME, comment, moodle_csv
from gradekit.rubric import Check, Part

BONUS = replace(CONFIG, parts=(*CONFIG.parts, Part("relu", "ReLU", 5, (Check("test_relu", 5),), bonus=True)))


def record(student: str, **outcome: object) -> Record:
    said = {"status": "passed", **outcome}
    outcomes = (Outcome("test_mse", "mse", **said), Outcome("test_relu", "relu", "passed"))
    return Record("backprop", student, "key", "graded", confined=True, outcomes=outcomes)


def member(number: int, student: str, **cells: str) -> Member:
    return Member(
        student, name="First", number=str(number), row=tuple(worksheet_row(number, "First", student, **cells))
    )


def report_of(records, members, columns=WORKSHEET_COLUMNS, config=CONFIG, maximum=10.0, platform="moodle", **options):
    class_list = ClassList(platform, tuple(members), columns, maximum=maximum)
    return assemble(records, config, {}, {}, class_list=class_list, **options)


def imported(text: str, maximum: float = 10) -> dict[str, tuple[float, str]]:
    """What Moodle 3.9 to 4.5 takes from a worksheet: by participant, the grade and the comment.

    Written after mod/assign/feedback/offline: `importgradeslib.php` wants three columns by their names and numbers
    after "Participant "; `locallib.php` passes over a grade that is empty or out of range, but never over a comment.
    """
    rows = list(csv.reader(io.StringIO(text, newline="")))
    columns = rows[0]
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(columns)
    taken = {}
    for row in rows[1:]:
        cell = dict(zip(columns, row, strict=True))
        prefix, number = cell["Identifier"][: len("Participant ")], cell["Identifier"][len("Participant ") :]
        assert prefix == "Participant " and number.isdigit()
        grade = float(cell["Grade"])
        assert 0 <= grade <= maximum, "Moodle would keep the comment and refuse the grade"
        taken[number] = grade, cell.get("Feedback comments", "")
    return taken


def test_the_worksheet_comes_back_with_grades_and_comments() -> None:
    members = [member(11, "one"), member(12, "two"), member(13, "three")]
    taken = imported(moodle_csv(report_of([record("one"), record("two", status="failed")], members)))
    assert {number: grade for number, (grade, _) in taken.items()} == {"11": 10, "12": 0}
    assert "<strong>Total: 10 of 10 points</strong>" in taken["11"][1]
    rows = list(csv.DictReader(io.StringIO(moodle_csv(report_of([record("one")], members)))))
    expected = dict(zip(WORKSHEET_COLUMNS, worksheet_row(11, "First", "one"), strict=True))
    unchanged = [name for name in WORKSHEET_COLUMNS if name not in ("Grade", "Feedback comments")]
    assert [rows[0][name] for name in unchanged] == [expected[name] for name in unchanged]


def test_without_a_worksheet_all_that_moodle_needs_is_written() -> None:
    text = moodle_csv(report_of([record("11")], [Member("11", name="First", number="11")], columns=(), maximum=None))
    assert imported(text)["11"][0] == 10


def test_a_grade_above_the_maximum_is_cut_unless_it_is_allowed() -> None:
    members = [member(11, "one")]
    report = report_of([record("one")], members, config=BONUS)
    grade, feedback = imported(moodle_csv(report))["11"]
    assert grade == 10
    assert "Total: 15 of 10" in feedback and "10 points is the most" in feedback
    room = report_of([record("one")], members, config=BONUS, maximum=15.0, allow_above_maximum=True)
    assert imported(moodle_csv(room), maximum=15)["11"][0] == 15
    none = report_of([record("one")], members, config=BONUS, allow_above_maximum=True)
    assert imported(moodle_csv(none))["11"][0] == 10, "Moodle never takes more than its own maximum"


def test_no_comment_goes_out_without_its_grade() -> None:
    members = [
        member(11, "graded"),
        member(12, "nothing"),
        member(13, "locked", **{"Grade can be changed": "No"}),
        member(14, "broken"),
        member(15, "unrun"),
    ]
    unrun = replace(record("unrun"), outcomes=())
    records = [record("graded"), record("locked"), record("broken", status="internal-error"), unrun, record("stranger")]
    report = report_of(records, members)
    assert list(imported(moodle_csv(report))) == ["11"]
    told = _printed(report)
    assert "broken, unrun" in told and "stranger" in told and "locked" in told


def test_a_worksheet_without_comments_stays_without() -> None:
    columns = WORKSHEET_COLUMNS[:-1]
    cut = [Member("one", number="11", row=tuple(worksheet_row(11, "First", "one"))[:-1])]
    report = report_of([record("one")], cut, columns)
    assert imported(moodle_csv(report)) == {"11": (10, "")}
    assert "no feedback" in _printed(report)


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"platform": "canvas"}, "this one came from canvas"),
        ({"maximum": 100.0}, "counts 100 points, this lab 10"),
        ({"maximum": 5.0, "allow_above_maximum": True}, "counts 5 points, this lab 10"),
    ],
)
def test_what_would_not_fit_is_refused(changed: dict[str, object], trouble: str) -> None:
    with pytest.raises(GradekitError, match=trouble):
        moodle_csv(report_of([record("one")], [member(11, "one")], **changed))


def test_practice_makes_no_marks() -> None:
    with pytest.raises(GradekitError, match="not marks"):
        moodle_csv(report_of([replace(record("one"), confined=False)], [member(11, "one")]))
    with pytest.raises(GradekitError, match="--class"):
        moodle_csv(assemble([record("one")], CONFIG, {}, {}))


HOSTILE = "<script>alert(1)</script> ![x](http://evil.example/x) =1+1"


def test_what_a_submission_says_is_text_in_the_comment() -> None:
    said = record(
        "one", status="failed", category="value", got=HOSTILE, called="f()", expected="1", output="=cmd|x\n;=2"
    )
    config = replace(CONFIG, parts=(Part("mse", "MSE", 10, (Check("test_mse", 10, visibility="public"),)),))
    _, feedback = imported(moodle_csv(report_of([said], [member(11, "one")], config=config)))["11"]
    assert "&lt;script&gt;" in feedback
    assert "<script" not in feedback and "<img" not in feedback and "href" not in feedback
    assert not [line for line in feedback.split("\n") if line.lstrip().startswith(("=", "+", "-", "@"))]


def test_names_that_are_formulas_are_defused() -> None:
    text = moodle_csv(report_of([record("one")], [member(11, "one", **{"Full name": "=HYPERLINK(1)"})]))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Full name"] == "'=HYPERLINK(1)"


def test_no_backslash_is_left_for_php_to_take_as_an_escape() -> None:
    """PHP's fgetcsv reads on after a backslash and a quote: a hand-in could write the next line of the worksheet."""
    forged = 'x\\",\n"Participant 12","100"\\'
    said = record("one", status="failed", category="value", got=forged, called=forged, expected="1", output=forged)
    config = replace(CONFIG, parts=(Part("mse", "MSE", 10, (Check("test_mse", 10, visibility="public"),)),))
    named = member(11, "one", **{"Full name": "First\\", "Email address": '\\"'})
    text = moodle_csv(report_of([said], [named], config=config))
    assert "\\" not in text
    _, feedback = imported(text)["11"]
    assert "&#92;&quot;,\n&quot;Participant 12" in feedback


@pytest.mark.parametrize("text", ["a &lt;= b", "a\\\\=b", "&amp;;= =+1", "=1", "  @x", "a\n-b"])
def test_html_in_a_cell_starts_no_formula_and_reads_the_same(text: str) -> None:
    from html import unescape

    made = csv_html(text)
    assert unescape(made) == unescape(text)
    for piece in (piece.lstrip() for line in made.split("\n") for piece in line.split(";")):
        assert not piece.startswith(("=", "+", "-", "@"))


def test_a_page_that_is_too_long_ends_after_a_section() -> None:
    page = "# Title\n\ntotal\n\n" + "".join(f"## Part {n}\n\n{'word ' * 1500}\n\n" for n in range(9))
    made = comment(page)
    assert 20_000 < len(made) <= MAX_COMMENT
    assert "Part 2" in made and "Part 8" not in made and "There is more" in made
    short = "# Title\n\ntotal\n"
    assert comment(short) == MarkdownIt("commonmark").render(short)


def test_the_file_is_written_for_spreadsheets_of_every_script(tmp_path) -> None:
    moodle = find_format("moodle")
    (path,) = moodle.write_files(report_of([record("one")], [member(11, "one", **{"Full name": "測試學生"})]), tmp_path)
    assert path.name == NAME
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "測試學生" in path.read_text(encoding="utf-8-sig")


def _printed(report) -> str:
    from rich.console import Console

    console = Console(width=200, file=io.StringIO())
    console.print(find_format("moodle").render(report))
    return console.file.getvalue()
