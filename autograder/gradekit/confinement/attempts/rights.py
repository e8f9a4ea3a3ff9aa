"""Attempts on privileges, limits and machine code."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import resource
import time

from gradekit.confinement import kernel
from gradekit.confinement.target import Target

_CLONE_NEWUSER = 0x10000000
_X32 = 0x40000000
_MAP_NORESERVE = 0x4000  # only from Python 3.13 on in mmap
_TWO_GIB = 2 << 30


def make_namespace(_: Target) -> None:
    """Become root of a namespace."""
    kernel.call("unshare", _CLONE_NEWUSER)


def change_user(_: Target) -> None:
    """Become another user."""
    os.setresuid(65534, 65534, 65534)


def change_root(_: Target) -> None:
    """Change the root folder."""
    os.chroot("/")


def raise_limit(_: Target) -> None:
    """Raise a limit."""
    resource.setrlimit(resource.RLIMIT_CORE, (4096, 4096))


def change_limit(_: Target) -> None:
    """Change a limit."""
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (4 << 20, hard))


def change_priority(_: Target) -> None:
    """Change its priority."""
    os.setpriority(os.PRIO_PROCESS, 0, 19)


def change_cores(_: Target) -> None:
    """Change its cores."""
    os.sched_setaffinity(0, os.sched_getaffinity(0))


def change_scheduler(_: Target) -> None:
    """Change its scheduling class."""
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def take_memory(_: Target) -> None:
    """Map 2 GiB."""
    mmap.mmap(-1, _TWO_GIB, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_NORESERVE).close()


def lock_memory(_: Target) -> None:
    """Pin memory."""
    page = mmap.mmap(-1, mmap.PAGESIZE)
    kernel.call("mlock", ctypes.addressof(ctypes.c_char.from_buffer(page)), mmap.PAGESIZE)


def take_cpu_time(_: Target) -> None:
    """Compute beyond the CPU limit."""
    while time.process_time() < 1.5:
        pass


def grow_file(target: Target) -> None:
    """Write to a file left open."""
    os.write(target.growable, b"+")


def map_code(_: Target) -> None:
    """Map new machine code."""
    mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def call_32_bit(target: Target) -> None:
    """Use the 32-bit entry (int 0x80)."""
    if ctypes.CFUNCTYPE(ctypes.c_int)(target.code)() <= 0:
        raise OSError(errno.ENOSYS, "the 32-bit entry is off")


def call_x32(_: Target) -> None:
    """Use x32 call numbers."""
    words = (_X32 | kernel.number("getpid"), 0, 0, 0, 0, 0, 0)
    if kernel.caller()(*words) < 0:
        raise kernel.last_error()
