"""The price of the boundary: a call, a worker's start, and confinement."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gradekit.boundary.client import WorkerPolicy, Zygote
from gradekit.boundary.remote import CallLimits, Handin, RemoteLab
from gradekit.confinement import LAYERS, worker_uid
from gradekit.course import Course

COURSE = Course.find(Path(__file__).parent)
LIMITS = CallLimits(30, 60, 5, 64 << 20, 1000)
CALLS, STARTS = 2000, 60


def measure() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the boundary."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        handin = Handin(COURSE.reference_sources(), names=COURSE.public_names())
        full = WorkerPolicy(1 << 30, 60, worker_uid(0), tuple(LAYERS))
        bare = WorkerPolicy(1 << 30, 60, None, ("session", "descriptors"))
        with Zygote() as zygote:
            across, inside = call_microseconds(zygote, handin, full)
            confined, unconfined = cycles(zygote, handin, full, bare)
    finally:
        os.sched_setaffinity(0, cores)
    fresh = fresh_milliseconds()
    yield (
        "one call across the boundary, (4, 3) array",
        f"{across:.0f} µs",
        "the same call in-process",
        f"{inside:.1f} µs",
        f"{across / inside:.0f}×",
        "60 µs",
    )
    yield (
        "worker: fork, confine, load, call, kill",
        f"{confined:.1f} ms",
        'python -c "import numpy"',
        f"{fresh:.0f} ms",
        f"1/{fresh / confined:.0f}",
        "15 ms",
    )
    yield (
        "worker, fully confined",
        f"{confined:.1f} ms",
        "worker, not confined",
        f"{unconfined:.1f} ms",
        f"{confined / unconfined:.2f}×",
        "1.3×",
    )


def call_microseconds(zygote: Zygote, handin: Handin, policy: WorkerPolicy) -> tuple[float, float]:
    """Return the median µs of Linear.forward on a (4, 3) array, across the boundary and in this process."""
    from gradekit.modules import PublicNames, SourceModules

    x, weight = np.arange(12.0).reshape(4, 3), np.ones((3, 2))
    lab = RemoteLab(zygote, handin, policy, LIMITS, time.monotonic() + 60)
    times = []
    for layer in (lab.Linear(3, 2), PublicNames(SourceModules(handin.files), handin.names)["Linear"](3, 2)):
        layer.weight = weight
        samples = []
        for _ in range(CALLS):
            started = time.perf_counter()
            layer.forward(x)
            samples.append(time.perf_counter() - started)
        times.append(1e6 * statistics.median(samples))
    lab.close()
    return times[0], times[1]


def cycles(zygote: Zygote, handin: Handin, *policies: WorkerPolicy) -> list[float]:
    """Return the median ms of one worker's life under each policy, measured in turn."""
    x = np.arange(12.0).reshape(4, 3)
    samples: list[list[float]] = [[] for _ in policies]
    for _ in range(STARTS):
        for policy, found in zip(policies, samples, strict=True):
            started = time.perf_counter()
            lab = RemoteLab(zygote, handin, policy, LIMITS, time.monotonic() + 60)
            lab.sigmoid(x)
            lab.close()
            found.append(1e3 * (time.perf_counter() - started))
    return [statistics.median(found) for found in samples]


def fresh_milliseconds() -> float:
    """Return the median ms of a fresh interpreter that imports NumPy."""
    samples = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", "import numpy"], check=True)
        samples.append(1e3 * (time.perf_counter() - started))
    return statistics.median(samples)
