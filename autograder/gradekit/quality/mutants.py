"""Mutants as hand-ins: each loses points, or is listed as the same function and then loses none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gradekit.intake import Submission
from gradekit.quality.finding import Finding, share
from gradekit.quality.grading import Graded, Marks, lost_points
from gradekit.quality.mutation import Mutant
from gradekit.rubric import GradingConfig


@dataclass(frozen=True)
class MutantHandin:
    """The reference with one mutant in it, as a student would hand it in, and the parts that its file belongs to."""

    mutant: Mutant
    handin: Submission
    parts: frozenset[str]


def mutant_handins(mutants: Sequence[Mutant], reference: Submission, config: GradingConfig) -> list[MutantHandin]:
    """Return ``mutants`` as hand-ins, each named by its line and change."""
    return [
        MutantHandin(
            mutant,
            replace(
                reference,
                student=f"{mutant.file}:{mutant.line}: {mutant.before} -> {mutant.after}",
                files={**reference.files, mutant.file: mutant.source},
            ),
            frozenset(part.name for part in config.parts if part.file == mutant.file),
        )
        for mutant in mutants
    ]


def judge_mutants(
    handins: Sequence[MutantHandin],
    equivalents: Mapping[str, str],
    graded: Mapping[str, Graded],
    whole: Marks,
    config: GradingConfig,
) -> list[Finding]:
    """Say how many mutants lost points, and how many of those listed as the same function lost none."""
    names = [entry.handin.student for entry in handins]
    lost = {name: lost_points(graded[name].marks, whole, config) for name in names}
    same = [entry.handin.student for entry in handins if entry.mutant.key in equivalents]
    others = [name for name in names if name not in same]
    survivors = [f"{name}: loses nothing" for name in others if not lost[name]]
    refused = [f"{name}: loses points in {', '.join(lost[name])}" for name in same if lost[name]]
    bounds = config.quality
    return [
        share("mutants", "mutants refused, equivalent ones aside", bounds.mutants, survivors, len(others)),
        share("equivalent_mutants", "equivalent mutants accepted", bounds.wheats, refused, len(same)),
    ]
