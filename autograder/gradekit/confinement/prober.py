"""The program that `run_probes` starts: sets up a target, makes all attempts on it, prints what became of them as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection
from dataclasses import asdict

from gradekit.confinement import landlock
from gradekit.confinement.apply import prepare
from gradekit.confinement.layers import Policy, worker_uid
from gradekit.confinement.probes import Probe, catalogue
from gradekit.confinement.probing import ProbeResult
from gradekit.confinement.target import target
from gradekit.confinement.trial import Trial

_MEMORY_BYTES, _CPU_SECONDS = 1 << 30, 1


def main() -> None:
    """Carry out the order that is the last argument: layers, whether slow probes are wanted, or the names of the probes."""
    order = json.loads(sys.argv[-1])
    results = probe_here(frozenset(order["layers"]), chosen(order["slow"], order["names"]))
    sys.stdout.write(json.dumps([asdict(result) for result in results]))
    sys.stdout.flush()
    # where an attempt was not stopped there may be children that belong to nobody; they are of no interest any more
    os._exit(0)


def chosen(slow: bool, names: Collection[str] | None) -> list[Probe]:
    """Return the probes of ``names``, or without names all but, unless wanted, the slow ones; raises ValueError for an unknown name."""
    probes = catalogue(os.geteuid() == 0)
    if names is None:
        return [probe for probe in probes if slow or not probe.slow]
    unknown = set(names) - {probe.name for probe in probes}
    if unknown:
        raise ValueError(f"no such probe here: {', '.join(sorted(unknown))}")
    return [probe for probe in probes if probe.name in names]


def probe_here(layers: frozenset[str], probes: Collection[Probe]) -> tuple[ProbeResult, ...]:
    """Run probes as children of this process, which should have one thread only; raises OSError where that cannot be done."""
    prepared = prepare(Policy(_MEMORY_BYTES, _CPU_SECONDS, worker_uid(), (), layers))
    with target() as aim:
        # all at once: most of the time goes into starting processes, and one waits a while on purpose
        trials = [Trial(probe, aim, prepared) for probe in probes]
        outcomes = [trial.outcome() for trial in trials]
    prepared.close()
    root, abi = os.geteuid() == 0, _landlock_abi()
    return tuple(
        ProbeResult(probe.name, probe.title, blocked, detail, probe.stopped_by(root, abi))
        for probe, (blocked, detail) in zip(probes, outcomes, strict=True)
    )


def _landlock_abi() -> int:
    try:
        return landlock.abi()
    except OSError:
        return 0
