"""What `run_autograder` starts: grade /autograder/submission and write /autograder/results/results.json."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.platforms.gradescope.metadata import minutes_late
from gradekit.platforms.gradescope.package import OPTIONS, read_options
from gradekit.platforms.handin import grade_handin
from gradekit.records import write_atomically
from gradekit.report import ClassReport, assemble
from gradekit.report.escape import json_text, plain
from gradekit.report.formats.gradescope import gradescope_results
from gradekit.report.terminal import class_table
from gradekit.report.texts import check_titles, hints

STUDENT = "submission"  # Gradescope knows whose it is


def run(root: Path) -> ClassReport:
    """Grade the submission below `root`, which is laid out as Gradescope does it, and write its results.

    Raises GradekitError where course, package or machine cannot grade; nothing is written then.
    """
    source = root / "source"
    options = read_options(source / OPTIONS)
    course = Course.find(source / "course")
    with TemporaryDirectory(prefix="gradekit-") as out:
        record = grade_handin(course, root / "submission", STUDENT, Path(out), practice=options.practice)
    late = {STUDENT: minutes_late(root / "submission_metadata.json")}
    report = assemble(
        [record],
        course.config,
        check_titles(course),
        hints(course),
        minutes_late=late,
        allow_above_maximum=options.allow_above_maximum,
    )
    value = gradescope_results(report, report.results[0], options.results)
    write_atomically(root / "results" / "results.json", json_text(value).encode())
    return report


def main() -> None:
    """Run below the folder that the first argument names; what is printed is for the course staff alone."""
    try:
        report = run(Path(sys.argv[1]))
    except GradekitError as error:
        sys.exit(f"error: {plain(str(error))}")
    screen = Console(width=120, highlight=False)
    screen.print(class_table(report))
    failed = [
        f"{outcome.check}: {outcome.status} {plain(outcome.category)}"
        for outcome in report.results[0].outcomes
        if outcome.status != "passed"
    ]
    for line in failed:
        screen.print(line, markup=False)


if __name__ == "__main__":
    main()
