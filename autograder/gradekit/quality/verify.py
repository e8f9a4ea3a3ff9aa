"""Verify a course: right is never refused, wrong never paid, the reason is named, and the same hand-in always gets the same."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from gradekit.checks_index import index_checks
from gradekit.confinement import Confinement
from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.intake import Refused, Submission
from gradekit.quality import chaffs as known
from gradekit.quality import wheats as right
from gradekit.quality.finding import Finding, amount, share
from gradekit.quality.grading import REFERENCE, Graded, Marks, fast_checks, grade_corpus, read_corpus, slow_checks
from gradekit.quality.mutants import judge_mutants, mutant_handins
from gradekit.quality.mutation import equivalents, generate
from gradekit.quality.plan import Plan, Progress
from gradekit.rubric import validate_checks, validate_files
from gradekit.running.grade import GradeOptions, core_count

# repeated gradings share every core between two, so that time is as short as it ever gets
_CROWDING = 2


@dataclass(frozen=True)
class Stage:
    """One part of a verification: what was graded, how many hand-ins, and how long that took, in seconds."""

    title: str
    gradings: int
    seconds: float


@dataclass(frozen=True)
class Verification:
    """All findings about a course, and the stages that they were made in."""

    plan: Plan
    findings: tuple[Finding, ...]
    stages: tuple[Stage, ...]

    @property
    def passed(self) -> bool:
        """Whether every figure keeps its bound."""
        return all(finding.passed for finding in self.findings)


def verify_course(course: Course, confinement: Confinement, plan: Plan, progress: Progress) -> Verification:
    """Grade right and wrong hand-ins of the course's own making and measure how often the grades are wrong.

    Raises CourseError, with the line to mend, where rubric, checks, files and catalogue do not agree.
    """
    return _Verifier(course, confinement, plan, progress).run()


@dataclass
class _Verifier:
    """One verification under way."""

    course: Course
    confinement: Confinement
    plan: Plan
    progress: Progress
    findings: list[Finding] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def run(self) -> Verification:
        self.findings.append(_agreement(self.course))
        handins = {entry.student: entry for entry in read_corpus(self.course, right.corpus_paths(self.course))}
        reference = handins[REFERENCE]
        if isinstance(reference, Refused):
            raise CourseError(f"the reference cannot be read as a hand-in: {reference.reason}")
        first = self._right(handins)
        self._wrong(reference, first[REFERENCE])
        self._mutate(reference, first[REFERENCE])
        wheats = [entry for name, entry in handins.items() if name not in (right.STUB, REFERENCE)] or [reference]
        self._repeat(wheats, first)
        total = sum(stage.gradings for stage in self.stages)
        what = "gradings in which a check broke"
        self.findings.append(amount("internal_errors", what, 0, len(self.broken), self.broken, total))
        return Verification(self.plan, tuple(self.findings), tuple(self.stages))

    def _right(self, handins: Mapping[str, Submission | Refused]) -> dict[str, Marks]:
        """Grade stub, reference and wheats; return what each of their checks said and paid."""
        config, bounds = self.course.config, self.course.config.quality
        slow, everyone = slow_checks(config), list(handins.values())
        chosen = self._slow_ones(list(handins)) if slow else []
        whole = len(chosen) == len(everyone)
        graded = self._grade("right hand-ins", everyone, () if whole or not slow else fast_checks(config))
        found = {name: entry.marks for name, entry in graded.items()}
        if chosen and not whole:
            again = self._grade("right hand-ins, slow checks", [handins[name] for name in chosen], slow)
            found |= {name: {**found[name], **entry.marks} for name, entry in again.items()}
        reasons = {name: entry.record.reason for name, entry in graded.items()}
        self.findings += right.judge_right(self.course, found, reasons, bounds)
        return found

    def _slow_ones(self, names: Sequence[str]) -> list[str]:
        if self.plan.slow_handins is None:
            return list(names)
        wheats = [name for name in names if name not in (right.STUB, REFERENCE)]
        count = min(self.plan.slow_handins, len(wheats))
        return [right.STUB, REFERENCE, *self.plan.draw("slow hand-ins").sample(wheats, count)]

    def _wrong(self, reference: Submission, whole: Marks) -> None:
        """Grade known mistakes, one and two at a time."""
        config, catalogue = self.course.config, known.course_catalogue(self.course)
        singles = known.single_chaffs(self.plan.chosen(catalogue, "mistakes"), reference)
        pairs = known.pair_chaffs(catalogue, reference, self.plan)
        graded = {
            **self._grade_wrong("single mistakes", [(c.handin, c.parts) for c in singles], diagnose=True),
            **self._grade_wrong("pairs of mistakes", [(c.handin, c.parts) for c in pairs], diagnose=True),
        }
        self.findings += known.judge_singles(singles, graded, whole, config)
        self.findings += known.judge_pairs(pairs, graded, whole, config)
        self.findings += known.judge_charges([*singles, *pairs], graded, whole, config)

    def _mutate(self, reference: Submission, whole: Marks) -> None:
        """Grade mutants of the reference."""
        config = self.course.config
        handins = mutant_handins(self.plan.chosen(generate(self.course), "mutants"), reference, config)
        graded = self._grade_wrong("mutants", [(m.handin, m.parts) for m in handins], diagnose=False)
        self.findings += judge_mutants(handins, equivalents(self.course), graded, whole, config)

    def _grade_wrong(
        self, title: str, handins: Sequence[tuple[Submission, Collection[str]]], *, diagnose: bool
    ) -> dict[str, Graded]:
        """Grade hand-ins that are wrong in these parts: with the fast checks, or with all where one of the parts has slow ones."""
        config, slow = self.course.config, set(slow_checks(self.course.config))
        long = {part.name for part in config.parts if any(check.name in slow for check in part.checks)}
        return {
            **self._grade(
                title,
                [entry for entry, parts in handins if not long.intersection(parts)],
                fast_checks(config),
                diagnose=diagnose,
            ),
            **self._grade(
                f"{title}, slow checks",
                [entry for entry, parts in handins if long.intersection(parts)],
                (),
                diagnose=diagnose,
            ),
        }

    def _repeat(self, wheats: Sequence[Submission | Refused], first: Mapping[str, Marks]) -> None:
        """Grade right hand-ins again and again, each time with another seed and all cores shared by two graders."""
        config, plan = self.course.config, self.plan
        slow = slow_checks(config)
        ready = [wheat for wheat in wheats if all(name in first[wheat.student] for name in slow)]
        misses: list[str] = []
        total = 0
        for title, entries, count, only in (
            ("repeated gradings", wheats, plan.repeats, fast_checks(config)),
            ("repeated gradings, slow checks", ready, plan.slow_repeats if slow else 0, slow),
        ):
            handins, seeds = right.repeated(entries, count, plan.seeds(title))
            processes = _CROWDING * (plan.processes or core_count())
            graded = self._grade(title, handins, only, seeds=seeds, processes=processes)
            misses += right.judge_repeats(graded, first, seeds)
            total += len(handins)
        self.findings.append(right.difference_finding(misses, total, config.quality))

    def _grade(
        self,
        title: str,
        handins: Sequence[Submission | Refused],
        only: tuple[str, ...],
        *,
        diagnose: bool = False,
        seeds: Mapping[str, int] | None = None,
        processes: int = 0,
    ) -> dict[str, Graded]:
        if not handins:
            return {}
        started = time.monotonic()
        self.progress.stage(title, len(handins))
        options = GradeOptions(self.plan.seed, processes or self.plan.processes, only, diagnose, seeds or {})
        graded = grade_corpus(self.course, handins, self.confinement, options, self.progress.step)
        self.stages.append(Stage(title, len(handins), time.monotonic() - started))
        for name, entry in graded.items():
            broke = [o for o in entry.record.outcomes if o.status == "internal-error"]
            self.broken += [f"{name}: {'; '.join(f'{o.check}: {o.got}' for o in broke)}"] if broke else []
        return graded


def _agreement(course: Course) -> Finding:
    """Compare the rubric with the checks and files that exist; raises CourseError with the line to mend."""
    index = index_checks(course.public_checks, course.hidden_checks)
    validate_checks(course.config, {name: info.visibility for name, info in index.items()})
    validate_files(course.config, course.solution)
    return share("checks", "checks that belong to a part, and parts whose points add up", 1.0, (), len(index))
