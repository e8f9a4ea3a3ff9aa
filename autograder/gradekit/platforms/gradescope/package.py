"""The zip that is uploaded to Gradescope as an autograder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import get_args

from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.platforms.kit import kit_files
from gradekit.report.formats.gradescope import GradescopeOptions, Visibility

OPTIONS = "options.json"
SCRIPTS = ("setup.sh", "run_autograder")


@dataclass(frozen=True)
class AutograderOptions:
    """What the package is made with.

    `practice` goes on where submissions cannot be confined, and says so; `allow_above_maximum` lets bonus points lift a
    score above the maximum.
    """

    practice: bool = False
    allow_above_maximum: bool = False
    results: GradescopeOptions = field(default_factory=GradescopeOptions)


def autograder_files(course: Course, options: AutograderOptions, lock: Path | None = None) -> dict[str, bytes]:
    """Path -> bytes of what Gradescope unpacks into /autograder/source."""
    files = kit_files(course, lock)
    files.update({name: (Path(__file__).parent / name).read_bytes() for name in SCRIPTS})
    files[OPTIONS] = (json.dumps(asdict(options), indent=1) + "\n").encode()
    return files


def read_options(path: Path) -> AutograderOptions:
    """The options that `autograder_files` wrote; GradekitError where they were changed into something else."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        options = AutograderOptions(**{**value, "results": GradescopeOptions(**value["results"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise GradekitError(f"{path}: is not what `gradekit package gradescope` wrote ({error}).") from error
    if options.results.hidden_checks not in get_args(Visibility):
        raise GradekitError(f"{path}: hidden_checks must be one of {', '.join(get_args(Visibility))}.")
    return options
