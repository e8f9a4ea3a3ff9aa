"""Mutants of the reference, made by cosmic-ray: one small change each, in what students are to write.

A mutant that no check refuses is either the same function, and listed so with the reason, or shows a hole in the checks.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradekit.course import Course
from gradekit.errors import CourseError, GradekitError
from gradekit.release.strip import BEGIN, END

EQUIVALENTS = "equivalent-mutants.json"


@dataclass(frozen=True)
class Mutant:
    """One change of one line: ``source`` is the whole text of ``file`` with it; ``key`` outlives changes elsewhere in the file."""

    file: str
    line: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> str:
        """File, line as it was, line as it is."""
        return f"{self.file}: {self.before} -> {self.after}"


def generate(course: Course) -> list[Mutant]:
    """Return every mutant of the graded files of ``course``, in a fixed order; files that only the bonus of trying pays are left out.

    Only lines between the solution markers are changed. Raises GradekitError where cosmic-ray is not installed.
    """
    mutants: dict[tuple[str, str], Mutant] = {}
    for file in sorted({part.file for part in course.config.parts if part.file and not _open_ended(course, part.file)}):
        text = (course.solution / file).read_text(encoding="utf-8")
        for mutant in _mutants(file, text):
            mutants.setdefault((file, mutant.source), mutant)
    return sorted(mutants.values(), key=lambda mutant: (mutant.file, mutant.line, mutant.after))


def equivalents(course: Course) -> Mapping[str, str]:
    """Return key -> reason of the mutants that are the same function as far as the contract goes; raises CourseError."""
    path = course.corpus / EQUIVALENTS
    if not path.is_file():
        return {}
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        reasons = {f"{entry['file']}: {entry['before']} -> {entry['after']}": str(entry["reason"]) for entry in listed}
    except (ValueError, TypeError, KeyError) as error:
        raise CourseError(f"{path.name} must be a list of file, before, after and reason: {error!r}") from error
    if unexplained := [key for key, reason in reasons.items() if not reason.strip()]:
        raise CourseError(f"{path.name}: no reason for {unexplained[0]!r}")
    return reasons


def _open_ended(course: Course, file: str) -> bool:
    """Whether only a measured accuracy is graded in this file: any change that still learns is as right as the reference."""
    checks = [check for part in course.config.parts if part.file == file for check in part.checks if check.points]
    return bool(checks) and all(check.ladder for check in checks)


def _mutants(file: str, text: str) -> Iterator[Mutant]:
    try:
        mutating = importlib.import_module("cosmic_ray.mutating")
        plugins = importlib.import_module("cosmic_ray.plugins")
    except ImportError as error:
        raise GradekitError("mutants need cosmic-ray: pip install cosmic-ray") from error
    lines = text.splitlines()
    graded = _between_markers(lines)
    for name in plugins.operator_names():
        operator = plugins.get_operator(name)
        if getattr(operator, "arguments", tuple)():
            continue  # needs a setting of its own
        for occurrence in range(len(text)):
            source = mutating.mutate_code(text, operator(), occurrence)
            if source is None:
                break
            changed = [at for at, (old, new) in enumerate(zip(lines, source.splitlines(), strict=False)) if old != new]
            if changed and changed[0] in graded:
                at = changed[0]
                yield Mutant(file, at + 1, lines[at].strip(), source.splitlines()[at].strip(), source)


def _between_markers(lines: list[str]) -> frozenset[int]:
    inside, found = False, set()
    for at, line in enumerate(lines):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside:
            found.add(at)
    return frozenset(found)
