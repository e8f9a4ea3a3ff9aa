"""What goes back to a course platform: grades that are marks, for the students whom it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from gradekit.errors import GradekitError
from gradekit.report.classlist import ClassList, Member
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.escape import terminal
from gradekit.report.wording import points

_SHOWN = 5
_TAKES_NO_MORE = frozenset({"moodle"})  # it refuses the grade, but not the comment beside it


@dataclass(frozen=True)
class Returned:
    """One grade to give back, in points."""

    member: Member
    result: Result
    points: float


@dataclass(frozen=True)
class Grades:
    """The grades to give back, in the order of the ids, and remarks on what is left out or was changed."""

    class_list: ClassList
    maximum: float
    returned: tuple[Returned, ...]
    remarks: tuple[str, ...]


def grades(report: ClassReport, platform: str) -> Grades:
    """The grades of the students that `platform` knows.

    Left out are students whose grade would be wrong, because a check did not run or the grader failed. A grade above
    the maximum is cut to it unless the report allows it; above what the platform takes, it is always cut. Raises
    GradekitError when there is no class list of this platform, when any grade comes from a practice run, and when the
    platform counts other points.
    """
    class_list = report.class_list
    if class_list is None or class_list.platform != platform:
        found = "" if class_list is None else f"; this one came from {class_list.platform}"
        raise GradekitError(
            f"--format {platform} needs --class with the folder that `gradekit collect` made of a download from "
            f"{platform.capitalize()}{found}."
        )
    if report.unconfined:
        raise GradekitError(
            f"{report.unconfined} of the submissions ran without confinement, for practice: these are not marks. "
            "Grade them again without --practice."
        )
    ceiling = _ceiling(report, class_list)
    members = class_list.by_student
    known = [result for result in report.results if result.record.student in members]
    sound = [result for result in known if not _unsound(result)]
    told = {
        "not on the class list": [result for result in report.results if result.record.student not in members],
        "left out, because a check has yet to run or the grader failed": [*filter(_unsound, known)],
        f"cut to the maximum of {points(ceiling)} (see --allow-above-maximum)": [
            result for result in sound if result.score.total > ceiling
        ],
        "without the parts that a person has yet to mark (see --marks)": [
            result for result in sound if any(part.pending for part in result.score.parts.values())
        ],
    }
    return Grades(
        class_list,
        class_list.maximum or report.config.maximum,
        tuple(Returned(members[result.record.student], result, min(result.score.total, ceiling)) for result in sound),
        tuple(f"{remark}: {_some(results)}" for remark, results in told.items() if results),
    )


def _ceiling(report: ClassReport, class_list: ClassList) -> float:
    """The most that may go back; raises GradekitError where the platform counts other points than the lab."""
    maximum, allowed = report.config.maximum, class_list.maximum
    more = report.allow_above_maximum
    if allowed is not None and (allowed < maximum or (allowed > maximum and not more)):
        raise GradekitError(
            f"the assignment in {class_list.platform.capitalize()} counts {points(allowed)} points, this lab "
            f"{points(maximum)}. Set it to {points(maximum)} points there, and collect again with a new export as --roster."
        )
    if not more:
        return maximum
    return allowed if allowed is not None and class_list.platform in _TAKES_NO_MORE else float("inf")


def _unsound(result: Result) -> bool:
    return bool(result.score.unrun) or any(outcome.status == "internal-error" for outcome in result.outcomes)


def _some(results: Sequence[Result]) -> str:
    names = [terminal(result.record.student) for result in results[:_SHOWN]]
    more = len(results) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def summary(found: Grades, next_step: str, more: Sequence[str] = ()) -> RenderableType:
    """What to print: how many grades, what is worth knowing, and what to do with the file."""
    lines = [Text(f"{len(found.returned)} grades", style="bold")]
    lines += [Text(f"  {remark}", style="yellow", overflow="fold") for remark in (*found.remarks, *more)]
    lines.append(Text(next_step, overflow="fold"))
    return Group(*lines)
