"""Confinement of the worker by the kernel: Landlock, seccomp, limits, an own user and session; and the proof that it holds here."""

from gradekit.confinement.apply import Prepared, prepare
from gradekit.confinement.availability import availability
from gradekit.confinement.gate import Confinement, examine, gate
from gradekit.confinement.layers import LAYERS, LayerState, Policy, worker_uid
from gradekit.confinement.probing import ProbeResult, run_probes

__all__ = [
    "LAYERS",
    "Confinement",
    "LayerState",
    "Policy",
    "Prepared",
    "ProbeResult",
    "availability",
    "examine",
    "gate",
    "prepare",
    "run_probes",
    "worker_uid",
]
