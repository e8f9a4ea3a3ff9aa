"""Resource limits of a worker. They hold for whatever the filter of system calls lets pass, and again for much that it does not."""

from __future__ import annotations

import ctypes
import resource
from pathlib import Path

from gradekit.confinement import kernel
from gradekit.confinement.kernel import Call

# Nothing of these is needed: no file grows, no process or thread starts, no descriptor opens, nothing is locked, queued or dumped.
_NONE_OF = (
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_NPROC,
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_CORE,
    resource.RLIMIT_MEMLOCK,
    resource.RLIMIT_MSGQUEUE,
    resource.RLIMIT_NICE,
    resource.RLIMIT_RTPRIO,
)


def mapped_bytes() -> int:
    """Return the address space that this process maps now, in bytes; raises OSError where /proc cannot be read."""
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()


def limiting(memory_bytes: int, cpu_seconds: int) -> list[Call]:
    """Return the calls that limit a child of this process: address space on top of what is mapped now, CPU seconds, none of all else."""
    wanted = {resource.RLIMIT_AS: mapped_bytes() + memory_bytes, resource.RLIMIT_CPU: cpu_seconds}
    wanted |= dict.fromkeys(_NONE_OF, 0)
    return [_lowering(which, value) for which, value in wanted.items()]


def _lowering(which: int, value: int) -> Call:
    _, hard = resource.getrlimit(which)
    # a limit that was set outside may be tighter; only root could raise it, and nobody should
    lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
    # soft equals hard: the kernel kills at the CPU limit, and no handler runs
    pair = (ctypes.c_uint64 * 2)(lowered, lowered)
    return kernel.ready("prlimit64", 0, which, ctypes.addressof(pair), memory=(pair,))
