"""Right hand-ins: what stub, reference and wheats must earn, and whether they earn it again and again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.intake import Refused, Submission
from gradekit.quality.finding import Finding, amount, share
from gradekit.quality.grading import REFERENCE, Graded, Marks
from gradekit.rubric import GradingConfig, Quality

STUB = "(stub)"
_SHOWN = 5


def corpus_paths(course: Course) -> dict[str, Path]:
    """Return name -> path of the stub, the reference and the wheats; raises CourseError for what is not there."""
    wheats = course.corpus / "wheats"
    paths = {STUB: course.assignment, REFERENCE: course.solution}
    paths |= {path.name: path for path in sorted(wheats.iterdir()) if path.is_dir()} if wheats.is_dir() else {}
    missing = [path for path in paths.values() if not path.exists()]
    if missing:
        raise CourseError(f"{missing[0].name}/ is missing: run gradekit release first")
    return paths


def judge_right(
    course: Course, found: Mapping[str, Marks], reasons: Mapping[str, str], bounds: Quality
) -> list[Finding]:
    """Compare what stub, reference and wheats earned in the checks that ran with what they must earn."""
    everything = sum(part.points for part in course.config.parts if not part.manual)
    expected = {STUB: 0.0, REFERENCE: everything, **_wheat_totals(course)}
    wheats = [name for name in found if name not in (STUB, REFERENCE)]
    findings = []
    for goal, names in (
        (("stub", "stubs that earn nothing", 1.0), [STUB]),
        (("reference", "references that earn all", 1.0), [REFERENCE]),
        (("wheats", "wheats accepted", bounds.wheats), wheats),
    ):
        misses = []
        for name in names:
            least, most = _range(course.config, expected.get(name, course.config.maximum), found[name])
            points = sum(check.points for check in found[name].values())
            if not least - 1e-9 <= points <= most + 1e-9:
                why = reasons[name] or _failures(found[name])
                misses.append(f"{name}: {points:g} points, must be {_either(least, most)} ({why})")
        findings.append(share(*goal, misses, len(names)))
    return findings


def repeated(
    wheats: Sequence[Submission | Refused], count: int, seeds: Iterator[int]
) -> tuple[list[Submission], dict[str, int]]:
    """Return ``count`` hand-ins, the wheats in turn under new names, and name -> the seed of each, all different."""
    sound = [wheat for wheat in wheats if isinstance(wheat, Submission)]
    handins = [
        replace(sound[number % len(sound)], student=f"{sound[number % len(sound)].student} #{number + 1}")
        for number in range(count if sound else 0)
    ]
    return handins, dict(zip((handin.student for handin in handins), seeds, strict=False))


def judge_repeats(graded: Mapping[str, Graded], found: Mapping[str, Marks], seeds: Mapping[str, int]) -> list[str]:
    """Return a line for every grading of which a check said or paid something else than in the first of the same hand-in."""
    misses = []
    for name in seeds:
        marks, first = graded[name].marks, found[name.rpartition(" #")[0]]
        changed = [
            f"{check} {first[check].outcome.status} ({first[check].points:g}) -> {mark.outcome.status} ({mark.points:g})"
            for check, mark in marks.items()
            if (mark.points, mark.outcome.status) != (first[check].points, first[check].outcome.status)
        ]
        if changed:
            misses.append(f"{name}, seed {seeds[name]}: {'; '.join(changed[:_SHOWN])}")
    return misses


def difference_finding(misses: Sequence[str], total: int, bounds: Quality) -> Finding:
    """Return the number of gradings that differ from another of the same hand-in."""
    what = "repeated gradings that differ"
    return amount("differences", what, bounds.differences, len(misses), misses, total)


def _wheat_totals(course: Course) -> dict[str, float]:
    path = course.corpus / "wheats" / "expected.json"
    if not path.is_file():
        return {}
    return {name: float(entry["total"]) for name, entry in json.loads(path.read_text(encoding="utf-8")).items()}


def _range(config: GradingConfig, total: float, marks: Marks) -> tuple[float, float]:
    """Return least and most that the checks that ran must pay, where all checks together pay ``total``.

    What did not run is taken to be right, and a bonus to be done or not.
    """
    unrun = {part.name: sum(c.points for c in part.checks if c.name not in marks) for part in config.parts}
    bonus = sum(points for name, points in unrun.items() if any(p.name == name and p.bonus for p in config.parts))
    most = total - (sum(unrun.values()) - bonus) if total else 0.0
    return max(most - bonus, 0.0), max(most, 0.0)


def _either(least: float, most: float) -> str:
    return f"{most:g}" if least == most else f"{least:g} to {most:g}"


def _failures(marks: Marks) -> str:
    wrong = [mark.outcome for mark in marks.values() if mark.outcome.status != "passed"]
    return "; ".join(f"{outcome.check} {outcome.status} {outcome.category}".rstrip() for outcome in wrong[:_SHOWN])
