"""Grade all attacks in one class with honest hand-ins, and compare everything with what it must be."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradekit.confinement import worker_uid
from gradekit.course import Course
from gradekit.errors import CourseError
from gradekit.quality.attacks import leftovers
from gradekit.quality.attacks.arena import Arena, Run
from gradekit.quality.attacks.catalogue import Attack, load_attacks
from gradekit.quality.attacks.hygiene import leaks, troubles

HONEST = "honest.json"
SLOTS = 64

Stage = Callable[[str], None]


@dataclass(frozen=True)
class Fate:
    """What became of one attack: its points, its outcomes in a few words, and what is not as it must be."""

    attack: Attack
    total: float
    outcome: str
    surprises: tuple[str, ...]


@dataclass(frozen=True)
class AttackReport:
    """The fates of all attacks, and what the grading as a whole must not have done."""

    fates: tuple[Fate, ...]
    honest: int
    harm: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing surprised."""
        return not self.harm and not any(fate.surprises for fate in self.fates)


def run_suite(course: Course, folder: Path, stage: Stage, only: Sequence[str] = ()) -> AttackReport:
    """Grade the honest alone, then with every attacker, in the empty ``folder``; ``only`` chooses attacks by the start of their names.

    Raises CourseError when the suite itself cannot be run as declared.
    """
    folder.chmod(0o755)
    (folder / "built").mkdir()
    attacks = load_attacks(course.corpus / "attacks", folder / "built")
    if only:
        attacks = [attack for attack in attacks if attack.name.startswith(tuple(only))]
    honest = honest_handins(course)
    arena = Arena(course, folder)
    watched = [arena.root, course.hidden_checks, course.solution, course.assignment]
    with leftovers.adopting_orphans():
        known = leftovers.children()
        stage(f"{len(honest)} honest hand-ins alone")
        alone = arena.grade("honest", honest, ())
        before = leftovers.take_snapshot(watched)
        stage(f"the same with {len(attacks)} attacks")
        together = arena.grade("all", honest, attacks)
        stage("comparing")
        harm = leftovers.end_children(known)
        harm += leftovers.compare(before, leftovers.take_snapshot(watched), _owners())
    harm += compare_honest(alone, together, [_stem(path) for path in honest])
    harm += inspect_outputs(together, [arena.secret])
    results = _results(together)
    return AttackReport(
        tuple(judge(attack, results.get(attack.student)) for attack in attacks), len(honest), tuple(harm)
    )


def honest_handins(course: Course) -> list[Path]:
    """Return the hand-ins of the course's corpus that `attacks/honest.json` lists; raises CourseError."""
    listing = course.corpus / "attacks" / HONEST
    try:
        names = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"attacks/{HONEST} must be a list of hand-ins of the corpus: {error}") from error
    paths = [course.corpus / name for name in names]
    if not paths or (missing := [path.name for path in paths if not path.exists()]):
        raise CourseError(
            f"attacks/{HONEST} names what is not in the corpus: {', '.join(missing) if paths else 'nothing'}"
        )
    return paths


def judge(attack: Attack, result: Mapping[str, Any] | None) -> Fate:
    """Compare one student's entry of the JSON report with what the attack must get."""
    if result is None:
        return Fate(attack, 0.0, "not in the report", ("has no record",))
    surprises = []
    if result["status"] != attack.status:
        surprises.append(f"is {result['status']}, must be {attack.status} ({result['reason']})")
    if attack.reason not in result["reason"]:
        surprises.append(f"is refused because {result['reason']!r}, must say {attack.reason!r}")
    if result["total"] != attack.total:
        surprises.append(f"has {result['total']:g} points, must have {attack.total:g}")
    checks = result["checks"]
    applies = not attack.data or attack.data in result["data"]
    for check, allowed in attack.outcomes.items() if applies else ():
        found = checks.get(check, {}).get("outcome", "no such check")
        if found not in allowed:
            surprises.append(f"{check} is {found}, must be {' or '.join(allowed)}")
    broken = sorted(check for check, entry in checks.items() if entry["outcome"] == "internal-error")
    if broken:
        surprises.append(f"broke the grader's own code in {', '.join(broken)}")
    if applies and bool(result["flags"]) != attack.flagged:
        surprises.append("is not flagged" if attack.flagged else f"is flagged: {'; '.join(result['flags'])}")
    tried = [checks[check]["outcome"] for check in attack.outcomes if check in checks]
    outcome = result["reason"] if result["status"] == "ungradable" else ", ".join(dict.fromkeys(tried))
    return Fate(attack, result["total"], outcome + (", flagged" if result["flags"] else ""), tuple(surprises))


def compare_honest(alone: Run, together: Run, students: Sequence[str]) -> list[str]:
    """Return a sentence for every honest record and feedback page that the attackers changed."""
    harm = []
    for student in students:
        pages = [page for page in sorted(alone.out.rglob("*")) if page.is_file() and page.stem == student]
        if not pages:
            harm.append(f"{student} has no record")
        for page in pages:
            other = together.out / page.relative_to(alone.out)
            if not other.is_file() or other.read_bytes() != page.read_bytes():
                harm.append(f"changed by the presence of attackers: {page.relative_to(alone.out)}")
    return harm


def inspect_outputs(run: Run, secrets: Sequence[str]) -> list[str]:
    """Return a sentence for every secret and every raw text in what a run wrote and printed."""
    harm: list[str] = []
    for name, data in run.printed.items():
        harm += leaks(name, data, secrets) + troubles(name, data)
    for path in sorted(run.out.rglob("*")):
        name = str(path.relative_to(run.out))
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            harm += leaks(name, path.read_bytes(), secrets) + troubles(name, path.read_bytes())
        elif not stat.S_ISDIR(mode):
            harm.append(f"{name}: neither a file nor a folder")
    return harm


def _results(run: Run) -> dict[str, Mapping[str, Any]]:
    report = json.loads(run.printed["printed.json"])
    return {entry["student"]: entry for entry in report["students"]}


def _owners() -> frozenset[int]:
    """The user ids of workers, where they are others than this process's."""
    return frozenset(uid for slot in range(SLOTS) if (uid := worker_uid(slot)) is not None)


def _stem(path: Path) -> str:
    return path.stem if path.is_file() else path.name
