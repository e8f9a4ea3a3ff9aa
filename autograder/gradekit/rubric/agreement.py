"""Does the rubric agree with the checks that were collected, and with the files of the solution?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gradekit.errors import CourseError
from gradekit.rubric.source import place
from gradekit.rubric.types import GradingConfig, Visibility


def validate_checks(config: GradingConfig, collected: Mapping[str, Visibility]) -> None:
    """Refuse with CourseError unless `collected` (check name -> folder it lies in) is what the rubric names."""
    for index, part in enumerate(config.parts):
        for position, check in enumerate(part.checks):
            path = ("parts", index, "checks", position)
            if check.name not in collected:
                raise CourseError(
                    f"{place(config, path)}: part {part.name!r} names the check {check.name!r}, but there is "
                    f"no such function in checks/{check.visibility}/: write it, or take it out of the rubric"
                )
            if collected[check.name] != check.visibility:
                raise CourseError(
                    f"{place(config, (*path, 'visibility'))}: the check {check.name!r} is {check.visibility} here but "
                    f"lies in checks/{collected[check.name]}/: move the function, or mend its visibility"
                )
    named = config.checks
    for position, name in enumerate(config.left_out):
        if name in named or name not in collected:
            problem = "but a part names it" if name in named else "but there is no such check"
            raise CourseError(f"{place(config, ('left_out', position))}: `left_out` names {name!r}, {problem}")
    for name, visibility in collected.items():
        if name not in named and name not in config.left_out:
            raise CourseError(
                f"{place(config, ('parts',))}: the function {name!r} of checks/{visibility}/ belongs to no part: add a "
                "Check for it to a part, or rename it so that it does not begin with test_"
            )


def validate_files(config: GradingConfig, solution_dir: Path) -> None:
    """Refuse with CourseError unless every file of `files` and `given` lies in `solution_dir`."""
    for field in ("files", "given"):
        for name in getattr(config, field):
            if not (solution_dir / name).is_file():
                raise CourseError(
                    f"{place(config, (field, name))}: `{field}` names {name!r}, but {solution_dir.name}/ has no such "
                    "file: add it, or mend the name"
                )
