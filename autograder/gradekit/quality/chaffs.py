"""Known mistakes, one and two at a time, put into the reference: are they refused, charged to their part, and named?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gradekit.course import Course
from gradekit.diagnosis import Misconception, load_catalogue, overlap, splice, validate_catalogue
from gradekit.intake import Submission
from gradekit.quality.finding import Finding, amount, share
from gradekit.quality.grading import Graded, Marks, lost_points
from gradekit.quality.plan import Plan
from gradekit.records import Record
from gradekit.rubric import GradingConfig


@dataclass(frozen=True)
class Chaff:
    """A hand-in that is wrong in known ways."""

    mistakes: tuple[Misconception, ...]
    handin: Submission

    @property
    def parts(self) -> frozenset[str]:
        """The parts that it must lose points in, and the only ones."""
        return frozenset(entry.part for entry in self.mistakes)

    @property
    def names(self) -> frozenset[str]:
        """The mistakes that must be named."""
        return frozenset(entry.name for entry in self.mistakes)


def course_catalogue(course: Course) -> tuple[Misconception, ...]:
    """Return the catalogue, empty where the course has none; raises CourseError where it does not fit the course."""
    if not course.misconceptions.is_dir():
        return ()
    catalogue = load_catalogue(course.misconceptions)
    validate_catalogue(catalogue, [part.name for part in course.config.parts], course.reference_sources())
    return catalogue


def single_chaffs(catalogue: Iterable[Misconception], reference: Submission) -> list[Chaff]:
    """Return the reference with each mistake of ``catalogue``."""
    return [_chaff((entry,), reference) for entry in catalogue]


def pair_chaffs(catalogue: Sequence[Misconception], reference: Submission, plan: Plan) -> list[Chaff]:
    """Return the reference with two mistakes in different parts, for pairs drawn among those that go together."""
    pairs = [pair for pair in itertools.combinations(catalogue, 2) if pair[0].part != pair[1].part]
    plan.draw("pairs").shuffle(pairs)
    together = (pair for pair in pairs if not overlap(*pair))
    return [_chaff(pair, reference) for pair in itertools.islice(together, plan.pairs)]


def judge_singles(
    chaffs: Sequence[Chaff], graded: Mapping[str, Graded], whole: Marks, config: GradingConfig
) -> list[Finding]:
    """Say how many single mistakes lost points in their part, and how many were named, and nothing else was."""
    paid, unnamed = _misses(chaffs, graded, whole, config)
    return [
        share("chaffs", "single mistakes refused", config.quality.chaffs, paid, len(chaffs)),
        share("named", "single mistakes named right", config.quality.named, unnamed, len(chaffs)),
    ]


def judge_pairs(
    chaffs: Sequence[Chaff], graded: Mapping[str, Graded], whole: Marks, config: GradingConfig
) -> list[Finding]:
    """Say how many pairs lost points in both parts, and of how many both mistakes were named, and nothing else was."""
    paid, unnamed = _misses(chaffs, graded, whole, config)
    bounds = config.quality
    return [
        share("pairs_refused", "pairs of mistakes refused in both parts", bounds.pairs_refused, paid, len(chaffs)),
        share("pairs_named", "pairs of mistakes of which both are named", bounds.pairs_named, unnamed, len(chaffs)),
    ]


def judge_charges(
    chaffs: Sequence[Chaff], graded: Mapping[str, Graded], whole: Marks, config: GradingConfig
) -> list[Finding]:
    """Count the points that mistakes cost in parts that they are not in.

    What two mistakes cost in a part that is made of others is a finding of its own: too little that works may be left.
    """
    made = {part.name for part in config.parts if not part.file} | set(config.quality.composed)
    total, wrong, carried = 0.0, [], []
    for chaff in chaffs:
        astray = {
            part: points for part, points in _lost(chaff, graded, whole, config).items() if part not in chaff.parts
        }
        excused = {part: points for part, points in astray.items() if part in made and len(chaff.mistakes) > 1}
        charged = {part: points for part, points in astray.items() if part not in excused}
        total += sum(charged.values())
        record = graded[chaff.handin.student].record
        wrong += _charge(record, charged)
        carried += _charge(record, excused)
    pairs = sum(len(chaff.mistakes) > 1 for chaff in chaffs)
    bounds = config.quality
    return [
        share("pairs_carried", "pairs that cost no part made of others", bounds.pairs_carried, carried, pairs),
        amount("wrong_part", "points charged to a wrong part", bounds.wrong_part, total, wrong, len(chaffs)),
    ]


def _chaff(mistakes: tuple[Misconception, ...], reference: Submission) -> Chaff:
    name = " + ".join(entry.name for entry in mistakes)
    files = splice(reference.files, *mistakes)
    return Chaff(mistakes, replace(reference, student=name, files=files))


def _misses(
    chaffs: Sequence[Chaff], graded: Mapping[str, Graded], whole: Marks, config: GradingConfig
) -> tuple[list[str], list[str]]:
    """Return a line for every hand-in that a part pays in full, and one for every hand-in with wrong names."""
    paid, unnamed = [], []
    for chaff in chaffs:
        name = chaff.handin.student
        if whole_parts := chaff.parts - set(_lost(chaff, graded, whole, config)):
            paid.append(f"{name}: loses nothing in {_list(whole_parts)}")
        found = {name for outcome in graded[name].record.outcomes for name in outcome.misconceptions}
        if found != chaff.names:
            unnamed.append(f"{name}: named {_list(found) or 'nothing'}")
    return paid, unnamed


def _lost(chaff: Chaff, graded: Mapping[str, Graded], whole: Marks, config: GradingConfig) -> dict[str, float]:
    return lost_points(graded[chaff.handin.student].marks, whole, config)


def _charge(record: Record, lost: Mapping[str, float]) -> list[str]:
    """Return a line that says what was lost where, and by which checks; none where nothing was lost."""
    if not lost:
        return []
    wrong = [outcome for outcome in record.outcomes if outcome.part in lost and outcome.status != "passed"]
    reasons = ", ".join(f"{outcome.check} {outcome.status}" for outcome in wrong) or record.reason
    return [
        f"{record.student}: {', '.join(f'{points:g} points of {part}' for part, points in lost.items())} ({reasons})"
    ]


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
