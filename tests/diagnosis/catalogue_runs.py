"""Run this lab's checks on the reference with catalogued mistakes in it, and diagnose what comes out."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gradekit.checkkit.local import LocalLab
from gradekit.diagnosis import Diagnoser, Misconception, load_catalogue, overlap, splice

# the runs of this lab's checks are shared with their own tests
sys.path.append(str(Path(__file__).parents[1] / "checks"))

from check_runs import COURSE, make_lab, run

CATALOGUE = load_catalogue(COURSE.misconceptions)
REFERENCE = COURSE.reference_sources()
UNIT_PARTS = {entry.part for entry in CATALOGUE}
CHECKS = {part.name: [check.name for check in part.checks] for part in COURSE.config.parts if part.name in UNIT_PARTS}
BONUS = {part.name for part in COURSE.config.parts if part.bonus}

Results = Mapping[str, BaseException | None]


def run_check(check: str, lab: LocalLab) -> BaseException | None:
    """What a diagnoser runs variants with: one check, with the same inputs every time."""
    return run(lab, check).error


@functools.cache
def diagnoser() -> Diagnoser:
    """One diagnoser for all tests, as there is one for all submissions of a grader process."""
    return Diagnoser(CATALOGUE, REFERENCE, COURSE.public_names(), run_check)


def sources(*mistakes: Misconception) -> dict[str, str]:
    """The submission with these mistakes."""
    return splice(REFERENCE, *mistakes)


def results(files: Mapping[str, str], parts: Iterable[str] = CHECKS) -> dict[str, Results]:
    """Part -> check -> what escaped it, each check on a submission that was loaded afresh."""
    return {part: {check: run_check(check, make_lab(files)) for check in CHECKS[part]} for part in parts}


def charged(found: Mapping[str, Results]) -> set[str]:
    """The parts of which a check failed."""
    return {part for part, outcomes in found.items() if any(outcomes.values())}


def named(found: Mapping[str, Results]) -> set[str]:
    """The misconceptions found in a submission, part after part."""
    names: list[str] = []
    for part in CHECKS:
        if any(found.get(part, {}).values()):
            explained = diagnoser().explain(part, found[part], names)
            names += sorted({name for entry in explained.values() for name in entry})
    return set(names)


def compatible(pairs: Iterable[tuple[Misconception, Misconception]]) -> Sequence[tuple[Misconception, Misconception]]:
    """The pairs that one submission can hold."""
    return [pair for pair in pairs if not overlap(*pair)]
