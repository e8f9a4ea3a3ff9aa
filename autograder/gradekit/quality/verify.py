"""Verify a course: the stub earns nothing, the reference and every wheat earn all that they should, points match checks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gradekit.checks_index import index_checks
from gradekit.confinement import Confinement
from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.quality.grading import Graded, grade_corpus, read_corpus
from gradekit.rubric import validate_checks, validate_files
from gradekit.running.grade import GradeOptions

STUB, REFERENCE = "(stub)", "(reference)"


@dataclass(frozen=True)
class Finding:
    """One figure of the verification: how many of how many are as they must be, and what is not."""

    what: str
    right: int
    total: int
    misses: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing is amiss."""
        return self.right == self.total and not self.misses


def verify_points(course: Course) -> Finding:
    """Compare the rubric with the checks and files that exist; raises CourseError with the line to mend."""
    index = index_checks(course.public_checks, course.hidden_checks)
    validate_checks(course.config, {name: info.visibility for name, info in index.items()})
    validate_files(course.config, course.solution)
    return Finding("checks that belong to a part, and parts whose points add up", len(index), len(index))


def corpus_paths(course: Course) -> dict[str, Path]:
    """Return name -> path of the stub, the reference and the wheats."""
    wheats = course.corpus / "wheats"
    paths = {STUB: course.assignment, REFERENCE: course.solution}
    paths |= {path.name: path for path in sorted(wheats.iterdir()) if path.is_dir()} if wheats.is_dir() else {}
    missing = [path for path in paths.values() if not path.exists()]
    if missing:
        raise CourseError(f"{missing[0].name}/ is missing: run gradekit release first")
    return paths


def verify_corpus(
    course: Course,
    confinement: Confinement,
    options: GradeOptions,
    paths: Mapping[str, Path],
    progress: Callable[[], None],
) -> list[Finding]:
    """Grade stub, reference and wheats, and compare their totals with what they must be."""
    graded = grade_corpus(course, read_corpus(course, paths), confinement, options, progress)
    everything = sum(part.points for part in course.config.parts if not part.manual)
    expected = {STUB: 0.0, REFERENCE: everything, **_wheat_totals(course)}
    findings = []
    wheats = [name for name in paths if name not in (STUB, REFERENCE)]
    for what, names in (
        ("stubs that earn nothing", [STUB]),
        ("references that earn all", [REFERENCE]),
        ("wheats accepted", wheats),
    ):
        present = [name for name in names if name in graded]
        misses = tuple(
            miss for name in present if (miss := _miss(name, graded[name], expected.get(name, course.config.maximum)))
        )
        findings.append(Finding(what, len(present) - len(misses), len(present), misses))
    return findings


def _wheat_totals(course: Course) -> dict[str, float]:
    path = course.corpus / "wheats" / "expected.json"
    if not path.is_file():
        return {}
    return {name: float(entry["total"]) for name, entry in json.loads(path.read_text(encoding="utf-8")).items()}


def _miss(name: str, graded: Graded, expected: float) -> str:
    if graded.score.total == expected:
        return ""
    wrong = [outcome for outcome in graded.record.outcomes if outcome.status != "passed"]
    reasons = "; ".join(f"{outcome.check} {outcome.status} {outcome.category}" for outcome in wrong[:5])
    return f"{name}: {graded.score.total:g} points, must be {expected:g} ({graded.record.reason or reasons})"
