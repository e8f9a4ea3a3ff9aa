"""What a rubric must fulfil beyond the types of its values; every rule says what to mend, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from itertools import pairwise

from gradekit.rubric.source import Path
from gradekit.rubric.types import Check, GradingConfig, Part, exact

Problem = tuple[Path, str]

_PART_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
_CHECK_NAME = re.compile(r"test_[A-Za-z0-9_]{1,120}")
_FILE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\.py")
_NEAR = Fraction(1, 10**9)  # thirds written as decimals still sum to one


def problems(config: GradingConfig) -> Iterator[Problem]:
    """Every rule that `config` breaks, in the order of the file's fields."""
    yield from _names(config)
    yield from _files(config)
    yield from _parts(config)
    yield from _requirements(config)
    yield from _limits(config)
    yield from _quality(config)


def _names(config: GradingConfig) -> Iterator[Problem]:
    for field in ("lab", "title"):
        if not getattr(config, field).strip():
            yield (field,), f"`{field}` is empty: give the lab a {field if field == 'title' else 'name'}"
    if config.notebook and not re.fullmatch(r"[\w-]+\.ipynb", config.notebook):
        yield ("notebook",), f"`notebook` must be a file name that ends in .ipynb, not {config.notebook!r}"


def _files(config: GradingConfig) -> Iterator[Problem]:
    if not config.files:
        yield ("files",), "`files` is empty: name the files that students hand in, and their public names"
    owner: dict[str, str] = {}
    for field in ("files", "given"):
        for file, names in getattr(config, field).items():
            path = (field, file)
            if not _FILE_NAME.fullmatch(file):
                yield path, f"{file!r} is no plain Python file name: write it like 'layers.py', without folders"
            if field == "given" and file in config.files:
                yield path, f"{file!r} stands in `files` and in `given`: keep it in one of them"
            for name in names:
                if not name.isidentifier() or name.startswith("_"):
                    yield path, f"{name!r} in {file!r} is no public Python name: mend the spelling"
                if name in owner:
                    where = f"in {owner[name]!r} and in {file!r}" if owner[name] != file else f"twice in {file!r}"
                    yield path, f"the public name {name!r} stands {where}: checks could not tell which; rename one"
                owner[name] = file


def _parts(config: GradingConfig) -> Iterator[Problem]:
    if not config.parts:
        yield ("parts",), "`parts` is empty: a rubric needs at least one Part"
    seen_parts: set[str] = set()
    seen_checks: set[str] = set()
    for index, part in enumerate(config.parts):
        path: Path = ("parts", index)
        if not _PART_NAME.fullmatch(part.name):
            yield path, f"part name {part.name!r}: use lower-case letters, digits and dashes, and begin with a letter"
        if part.name in seen_parts:
            yield path, f"there are two parts named {part.name!r}: rename or remove this one"
        seen_parts.add(part.name)
        if not part.title.strip():
            yield path, f"part {part.name!r} has an empty title: say in a few words what it is"
        if part.points <= 0:
            yield (*path, "points"), f"part {part.name!r} has {part.points:g} points: points must be above 0"
        if part.file and part.file not in config.files:
            yield (*path, "file"), f"part {part.name!r} names the file {part.file!r}, which is not in `files`: add it"
        for position, check in enumerate(part.checks):
            where: Path = (*path, "checks", position)
            if check.name in seen_checks:
                yield where, f"the check {check.name!r} stands twice in the rubric: a check belongs to one part"
            seen_checks.add(check.name)
            yield from _check(config, check, where)
        yield from _points_of(part, path)


def _points_of(part: Part, path: Path) -> Iterator[Problem]:
    if part.manual:
        if part.checks:
            yield path, f"part {part.name!r} is manual and has checks: make it two parts"
        return
    if not part.checks:
        yield path, f"part {part.name!r} has no checks: add some, or set manual=True"
        return
    total = sum((exact(check.points) for check in part.checks), Fraction())
    if abs(total - exact(part.points)) > _NEAR:
        yield (
            (*path, "points"),
            f"part {part.name!r} has {part.points:g} points, but its checks sum to {float(total):g}: make them equal",
        )


def _check(config: GradingConfig, check: Check, path: Path) -> Iterator[Problem]:
    if not _CHECK_NAME.fullmatch(check.name):
        yield path, f"check name {check.name!r}: it must be the name of a pytest function, test_..."
    if check.points < 0:
        yield (*path, "points"), f"check {check.name!r} has {check.points:g} points: points must not be negative"
    if check.limits not in config.limits:
        known = ", ".join(repr(key) for key in config.limits) or "none"
        yield (
            (*path, "limits"),
            f"check {check.name!r} uses limits {check.limits!r}; `limits` has {known}: add or rename",
        )
    if check.ladder and not check.measure:
        yield (*path, "ladder"), f"check {check.name!r} has a ladder but no measure: add measure='accuracy' or the like"
    for source, rungs in check.ladder.items():
        where = (*path, "ladder", source)
        total = sum((exact(rung.points) for rung in rungs), Fraction())
        if abs(total - exact(check.points)) > _NEAR:
            yield (
                where,
                f"check {check.name!r} has {check.points:g} points, but its rungs for {source!r} sum to "
                f"{float(total):g}: make them equal",
            )
        if any(lower.at >= upper.at for lower, upper in pairwise(rungs)):
            yield where, f"the rungs of check {check.name!r} for {source!r} do not increase: sort them by `at`"
        for rung in rungs:
            if not 0 <= rung.at <= 1:
                yield where, f"a rung of check {check.name!r} is at {rung.at:g}: write a fraction between 0 and 1"
            if rung.points < 0:
                yield where, f"a rung of check {check.name!r} has {rung.points:g} points: they must not be negative"


def _requirements(config: GradingConfig) -> Iterator[Problem]:
    checks = config.checks
    for index, part in enumerate(config.parts):
        for position, check in enumerate(part.checks):
            path = ("parts", index, "checks", position, "requires")
            for name in check.requires:
                if name not in checks:
                    yield path, f"check {check.name!r} requires {name!r}, which is no check of this rubric"
            if _reaches(checks, check.name):
                yield path, f"check {check.name!r} requires itself, directly or through others: break the cycle"


def _reaches(checks: Mapping[str, Check], name: str) -> bool:
    """Whether following `requires` from the check `name` leads back to it."""
    seen: set[str] = set()
    waiting = list(checks[name].requires)
    while waiting:
        current = waiting.pop()
        if current == name:
            return True
        if current in checks and current not in seen:
            seen.add(current)
            waiting += checks[current].requires
    return False


def _limits(config: GradingConfig) -> Iterator[Problem]:
    if not config.limits:
        yield ("limits",), "`limits` is empty: add at least 'unit': Limits(call_seconds=..., check_seconds=...)"
    groups = [(("limits", key), limits) for key, limits in config.limits.items()]
    for path, group in [*groups, (("intake",), config.intake)]:
        for field in fields(group):  # type: ignore[arg-type]
            if field.name == "preload":
                yield from _preload(getattr(group, field.name), (*path, field.name))
            elif getattr(group, field.name) <= 0:
                yield (*path, field.name), f"`{field.name}` is {getattr(group, field.name):g}: a limit must be above 0"
    if config.submission_seconds <= 0:
        yield ("submission_seconds",), f"`submission_seconds` is {config.submission_seconds:g}: it must be above 0"
    late = config.late
    if late.grace_minutes < 0:
        yield ("late", "grace_minutes"), f"`grace_minutes` is {late.grace_minutes}: it must not be negative"
    if not 0 <= late.penalty_per_day <= 1:
        yield ("late", "penalty_per_day"), f"`penalty_per_day` is {late.penalty_per_day:g}: write a fraction, 0 to 1"
    if late.max_days is not None and late.max_days < 0:
        yield ("late", "max_days"), f"`max_days` is {late.max_days}: it must not be negative (None: no last day)"


def _preload(names: Iterable[str], path: Path) -> Iterator[Problem]:
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            yield path, f"`preload` names {name!r}, which is no name of a module"


def _quality(config: GradingConfig) -> Iterator[Problem]:
    quality = config.quality
    for name in ("wheats", "chaffs", "named", "pairs_refused", "pairs_named", "pairs_carried", "mutants"):
        if not 0 <= getattr(quality, name) <= 1:
            yield ("quality", name), f"`{name}` is {getattr(quality, name):g}: write a fraction, 0 to 1"
    for name in ("wrong_part", "differences", "pairs", "repeats", "slow_repeats"):
        if getattr(quality, name) < 0:
            yield ("quality", name), f"`{name}` is {getattr(quality, name):g}: it must not be negative"
    for position, name in enumerate(quality.composed):
        if all(part.name != name for part in config.parts):
            yield ("quality", "composed", position), f"`composed` names {name!r}, which is no part of this rubric"
    for position, key in enumerate(quality.slow):
        if key not in config.limits:
            known = ", ".join(repr(name) for name in config.limits)
            yield ("quality", "slow", position), f"`slow` names {key!r}; `limits` has {known}: mend the spelling"
