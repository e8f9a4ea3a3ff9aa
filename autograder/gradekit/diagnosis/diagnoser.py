"""Explain failed checks by the mistakes of the catalogue: run the variants on the same inputs, and compare what comes back."""

from __future__ import annotations

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

    def explain(
        self, part: str, results: Mapping[str, BaseException | None], alongside: Sequence[str] = ()
    ) -> dict[str, tuple[str, ...]]:
        """Return check -> names of the misconceptions that its failure comes from, for the checks that are explained.

        ``results`` holds what escaped each check of the part (None: passed). ``alongside`` are names already found in
        other parts of the submission: what a part makes of them is tried where its variants alone explain nothing.
        """
        failed = {check: observe(error) for check, error in results.items() if error is not None}
        passed = [check for check, error in results.items() if error is None]
        variants = [(entry,) for entry in self._catalogue.values() if entry.part == part]
        others = tuple(self._catalogue[name] for name in alongside)
        named = self._named(variants, failed, passed)
        if named or not others:
            return named
        return self._named([(*v, *others) for v in variants if not any(overlap(*v, o) for o in others)], failed, passed)

    def _named(
        self, variants: Sequence[_Variant], failed: Mapping[str, Observation], passed: Sequence[str]
    ) -> dict[str, tuple[str, ...]]:
        named: dict[str, tuple[str, ...]] = {}
        while True:
            # a second mistake is looked for in what the first leaves unexplained: in the other checks it is masked
            left = {check: observation for check, observation in failed.items() if check not in named}
            found = _choose({variant[0].name: self._explained(variant, left, passed) for variant in variants})
            if not found:
                return named
            named |= found

    def _explained(self, variant: _Variant, failed: Mapping[str, Observation], passed: Sequence[str]) -> frozenset[str]:
        """Return the checks that ``variant`` fails exactly like the submission; none where it fails any in another way."""
        explained: set[str] = set()
        certain = False
        for check, submitted in failed.items():
            observation = self._observe(variant, check)
            if observation is None:
                continue
            likeness = compare(submitted, observation)
            if likeness is Likeness.DIFFERENT:
                return frozenset()
            certain |= likeness is Likeness.EQUAL
            explained.add(check)
        # exceptions of the same type alone are no evidence: unrelated mistakes raise them as well
        if not certain or any(self._observe(variant, check) is not None for check in passed):
            return frozenset()
        return frozenset(explained)

    def _observe(self, variant: _Variant, check: str) -> Observation | None:
        if len(variant) > 1:
            return self._try(variant, check)
        key = variant[0].name, check
        if key not in self._known:
            self._known[key] = self._try(variant, check)
        return self._known[key]

    def _try(self, variant: _Variant, check: str) -> Observation | None:
        lab = LocalLab(PublicNames(SourceModules(splice(self._sources, *variant)), self._homes))
        with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("ignore")
            error = self._run(check, lab)
        # not the exception itself: its traceback would keep all that the check has made
        return None if error is None else observe(error)


def _choose(explained: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Name for each check the one variant that explains it and most others; where two explain as many, neither is named."""
    named: dict[str, tuple[str, ...]] = {}
    for check in frozenset().union(*explained.values()):
        sizes = {name: len(checks) for name, checks in explained.items() if check in checks}
        best = [name for name, size in sizes.items() if size == max(sizes.values())]
        if len(best) == 1:
            named[check] = (best[0],)
    return named
