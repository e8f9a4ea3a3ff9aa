"""The gate before grading for marks: it opens only where every layer is there and every probe is stopped."""

from __future__ import annotations

from dataclasses import dataclass

from gradekit.confinement import probing
from gradekit.confinement.availability import availability
from gradekit.confinement.layers import LAYERS, LayerState
from gradekit.confinement.probing import ProbeResult
from gradekit.errors import ConfinementError

_WAYS_OUT = (
    "Ways out: the container image of this course (see docs/security.md), a machine with Linux 5.13 or newer, "
    "or --practice, which grades without marks that can be trusted and says so in every output."
)


@dataclass(frozen=True)
class Confinement:
    """What was found out about this machine. ``layers`` are those that workers get: all of them where ``confined``, else what there is."""

    confined: bool
    reason: str
    layers: frozenset[str]
    states: tuple[LayerState, ...]
    probes: tuple[ProbeResult, ...]


def gate(practice: bool) -> Confinement:
    """Find out whether workers can be confined here, in about 0.2 s.

    Where they cannot, raises ConfinementError with the reason and the ways out; in ``practice``, returns with ``confined`` False instead.
    """
    found = examine()
    if not found.confined and not practice:
        raise ConfinementError(f"{found.reason}\n{_WAYS_OUT}")
    return found


def examine() -> Confinement:
    """Ask for every layer, then try every start-up probe; never raises."""
    states = availability()
    layers = frozenset(state.name for state in states if state.available)
    if layers != frozenset(LAYERS):
        missing = next(state for state in states if not state.available)
        reason = f"Workers cannot be confined: no {missing.name} ({missing.detail}). To mend it: {missing.remedy}."
        return Confinement(False, reason, layers, states, ())
    try:
        probes = probing.run_probes()
    except OSError as error:
        return Confinement(False, f"Confinement could not be probed: {error}.", layers, states, ())
    open_probes = [probe for probe in probes if not probe.blocked]
    if open_probes or not probes:
        names = ", ".join(f"{probe.name} ({probe.detail})" for probe in open_probes[:3])
        reason = f"Workers are not confined: {len(open_probes)} of {len(probes)} attempts were not stopped: {names}."
        return Confinement(False, reason, layers, states, probes)
    return Confinement(True, "", layers, states, probes)
