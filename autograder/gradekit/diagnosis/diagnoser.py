"""Explain failed checks by the mistakes of the catalogue: run the variants on the same inputs, and compare what comes back."""

from __future__ import annotations

import itertools
import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gradekit.checkkit.local import LocalLab
from gradekit.modules import PublicNames, SourceModules

from .matching import Likeness, Observation, compare, observe
from .misconception import Misconception
from .splicing import overlap, splice

# the mistake in question first, then those of other parts that are made along with it
_Variant = tuple[Misconception, ...]
_Names = dict[str, tuple[str, ...]]
Run = Callable[[str, LocalLab], "BaseException | None"]


class Diagnoser:
    """Names the misconceptions in submissions.

    Parameters
    ----------
    catalogue : the known mistakes.
    reference_sources : file name -> text of the whole reference.
    homes : public name -> module (file name without ``.py``) that defines it.
    run : runs the check of this name on a lab, with the inputs that submissions get, and returns what escaped it.
    """

    def __init__(
        self,
        catalogue: Sequence[Misconception],
        reference_sources: Mapping[str, str],
        homes: Mapping[str, str],
        run: Run,
    ) -> None:
        self._catalogue = {entry.name: entry for entry in catalogue}
        self._sources = dict(reference_sources)
        self._homes = homes
        self._run = run
        # inputs are the same for every submission of this process, and so is what a variant makes of them
        self._known: dict[tuple[str, str], Observation | None] = {}

    def explain(self, part: str, results: Mapping[str, BaseException | None], alongside: Sequence[str] = ()) -> _Names:
        """Return check -> names of the misconceptions that its failure comes from, for the checks that are explained.

        ``results`` holds what escaped each check of the part (None: passed). ``alongside`` are names already found in
        other parts of the submission: what a part makes of them is tried where no mistake of its own explains it all.
        """
        failed = {check: observe(error) for check, error in results.items() if error is not None}
        passed = [check for check, error in results.items() if error is None]
        variants: list[_Variant] = [(entry,) for entry in self._catalogue.values() if entry.part == part]
        files = {variant[0].file for variant in variants}
        found = [self._catalogue[name] for name in alongside]
        others = tuple(entry for entry in found if any(self._uses(file, entry.file) for file in files))
        named = self._named(variants, failed, passed)
        if not others or (len(named) == len(failed) and len(set(named.values())) == 1):
            return named
        variants = [(*v, *others) for v in variants if not any(overlap(v[0], other) for other in others)]
        return max(named, self._named(variants, failed, passed), key=_merit)

    def _uses(self, file: str, other: str) -> bool:
        return file == other or re.search(rf"\b{other.removesuffix('.py')}\b", self._sources[file]) is not None

    def _named(self, variants: Sequence[_Variant], failed: Mapping[str, Observation], passed: Sequence[str]) -> _Names:
        """Name the mistakes behind the failures: one at a time, then two at once, then what these have masked."""
        named = _choose({variant[0].name: self._explained(variant, failed, passed) for variant in variants})
        if len(named) < len(failed):
            together = self._together(variants, failed, passed)
            named = together if len(together) > len(named) else named
        left = {check: observation for check, observation in failed.items() if check not in named}
        return {**named, **self._named(variants, left, passed)} if named and left else named

    def _together(
        self, variants: Sequence[_Variant], failed: Mapping[str, Observation], passed: Sequence[str]
    ) -> _Names:
        """Name two mistakes that hide each other in some checks, where both at once explain more than any other two."""
        likely = [variant for variant in variants if self._is_likely(variant, failed, passed)]
        explained = {
            (first[0].name, second[0].name): self._explained((first[0], *second), failed, passed)
            for first, second in itertools.combinations(likely, 2)
            if not overlap(first[0], second[0])
        }
        most = max(map(len, explained.values()), default=0)
        best = [pair for pair, checks in explained.items() if len(checks) == most > 0]
        certain = [variant for variant in likely if best and all(variant[0].name in pair for pair in best)]
        named: _Names = {}
        for check in sorted(explained[best[0]]) if best else ():
            seen = [variant for variant in certain if self._likeness(variant, check, failed[check]) is Likeness.EQUAL]
            if certain:
                named[check] = tuple(variant[0].name for variant in seen or certain)
        return named

    def _is_likely(self, variant: _Variant, failed: Mapping[str, Observation], passed: Sequence[str]) -> bool:
        """Say whether ``variant`` shows unmasked in some check, and passes what the submission passes."""
        if not any(self._likeness(variant, check, seen) is Likeness.EQUAL for check, seen in failed.items()):
            return False
        return all(self._observe(variant, check) is None for check in passed)

    def _explained(self, variant: _Variant, failed: Mapping[str, Observation], passed: Sequence[str]) -> frozenset[str]:
        """Return the checks that ``variant`` fails exactly like the submission; none where it fails any in another way."""
        explained = {}
        for check, submitted in failed.items():
            likeness = self._likeness(variant, check, submitted)
            if likeness is Likeness.DIFFERENT:
                return frozenset()
            if likeness is not None and likeness is not Likeness.HIDDEN:
                explained[check] = likeness
        # exceptions of the same type alone are no evidence: unrelated mistakes raise them as well
        if Likeness.EQUAL not in explained.values():
            return frozenset()
        return frozenset(explained) if all(self._observe(variant, check) is None for check in passed) else frozenset()

    def _likeness(self, variant: _Variant, check: str, submitted: Observation) -> Likeness | None:
        """Compare how the submission failed a check with how ``variant`` fails it; None where that passes."""
        observation = self._observe(variant, check)
        return None if observation is None else compare(submitted, observation)

    def _observe(self, variant: _Variant, check: str) -> Observation | None:
        if len(variant) > 1:
            return self._try(variant, check)
        key = variant[0].name, check
        if key not in self._known:
            self._known[key] = self._try(variant, check)
        return self._known[key]

    def _try(self, variant: _Variant, check: str) -> Observation | None:
        modules = SourceModules(splice(self._sources, *variant))
        lab = LocalLab(PublicNames(modules, self._homes))
        with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("ignore")
            error = self._run(check, lab)
        for name in [name for name in sys.modules if name.startswith(f"{modules.package.__name__}.")]:
            del sys.modules[name]
        # not the exception itself: its traceback would keep all that the check has made
        return None if error is None else observe(error)


def _choose(explained: Mapping[str, frozenset[str]]) -> _Names:
    """Name for each check the one variant that explains it and most others; where two explain as many, neither is named."""
    named: _Names = {}
    for check in sorted(frozenset().union(*explained.values())):
        sizes = {name: len(checks) for name, checks in explained.items() if check in checks}
        best = [name for name, size in sizes.items() if size == max(sizes.values())]
        if len(best) == 1:
            named[check] = (best[0],)
    return named


def _merit(named: _Names) -> tuple[int, int]:
    """Prefer what explains more checks, and by fewer mistakes."""
    return len(named), -len({name for names in named.values() for name in names})
