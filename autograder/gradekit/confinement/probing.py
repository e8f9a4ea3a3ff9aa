"""Probing this machine: confined processes really try what a hostile submission would.

It is done by a fresh interpreter, so that neither threads nor descriptors nor memory of the grader take part.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gradekit.confinement.layers import LAYERS

_START = "import sys; sys.path.insert(0, sys.argv[1]); from gradekit.confinement.prober import main; main()"
_TIMEOUT_SECONDS = 40.0


@dataclass(frozen=True)
class ProbeResult:
    """What became of one attempt: ``blocked`` or not, how, and the layers that stop it here, each of them by itself."""

    name: str
    title: str
    blocked: bool
    detail: str
    layers: tuple[str, ...]


def run_probes(
    layers: frozenset[str] = frozenset(LAYERS), *, slow: bool = False, names: Collection[str] | None = None
) -> tuple[ProbeResult, ...]:
    """Run the probes in processes that are confined by ``layers``: those of ``names``, or all but, unless wanted, the slow ones.

    Takes about 0.2 s, with the slow ones 2 s. Raises OSError where probing itself cannot be done.
    """
    order = json.dumps({"layers": sorted(layers), "slow": slow, "names": None if names is None else sorted(names)})
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-I", "-S", "-B", "-c", _START, root, order]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False, cwd="/")
    except subprocess.TimeoutExpired:
        raise TimeoutError("the probes did not end") from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise OSError(f"the probes ended with exit code {done.returncode}: {last}")
    return tuple(ProbeResult(**{**row, "layers": tuple(row["layers"])}) for row in json.loads(done.stdout))
