"""Attempts on processes, its own and others'."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from _thread import start_new_thread

from gradekit.confinement import kernel
from gradekit.confinement.attempts.evidence import expect
from gradekit.confinement.target import CANARY_BYTES, PRIVATE, Target

_PTRACE_SEIZE = 0x4206
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CLONE_PARENT = 0x8000


def start_process(_: Target) -> None:
    """Fork."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def start_process_for_parent(_: Target) -> None:
    """Fork a child of the zygote."""
    if kernel.call("clone", _CLONE_PARENT | signal.SIGCHLD) == 0:
        os._exit(0)


def start_thread(_: Target) -> None:
    """Start a thread."""
    start_new_thread(lambda: None, ())


def execute(_: Target) -> None:
    """Run a shell."""
    os.execv("/bin/sh", ["sh", "-c", ":"])  # noqa: S606 - running it is the point


def execute_as_grader(target: Target) -> None:
    """Run a program as the grader."""
    program = str(target.setuid_program)
    os.execv(program, [program, "-r", str(target.folder / PRIVATE)])  # noqa: S606


def signal_neighbour(target: Target) -> None:
    """Signal another process."""
    os.kill(target.victim.pid, signal.SIGURG)


def trace_neighbour(target: Target) -> None:
    """Debug another process."""
    kernel.call("ptrace", _PTRACE_SEIZE, target.victim.pid)


def read_neighbour_memory(target: Target) -> None:
    """Read another process's memory."""
    buffer = ctypes.create_string_buffer(CANARY_BYTES)
    here = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), CANARY_BYTES)
    there = (ctypes.c_uint64 * 2)(target.victim.address, CANARY_BYTES)
    kernel.call("process_vm_readv", target.victim.pid, ctypes.addressof(here), 1, ctypes.addressof(there), 1, 0)
    expect(target.victim.secret, buffer.raw)


def read_neighbour_memory_file(target: Target) -> None:
    """Read it through /proc."""
    descriptor = os.open(f"/proc/{target.victim.pid}/mem", os.O_RDONLY)
    expect(target.victim.secret, os.pread(descriptor, CANARY_BYTES, target.victim.address))


def steal_descriptor(target: Target) -> None:
    """Steal an open descriptor."""
    kernel.call("pidfd_getfd", kernel.call("pidfd_open", target.victim.pid, 0), target.inherited, 0)


def open_own_memory(_: Target) -> None:
    """Open its own memory as a file."""
    os.open("/proc/self/mem", os.O_RDWR)


def leave_process_group(_: Target) -> None:
    """Leave its process group."""
    os.setpgid(0, 0)


def outlive_parent(target: Target) -> None:
    """Live on without the zygote."""
    while os.getppid() == target.parent:
        time.sleep(0.002)
    # the kernel changes the parent a moment before it sends the signal
    time.sleep(0.02)


def undo_death_signal(_: Target) -> None:
    """Undo its death with the zygote."""
    kernel.call("prctl", _PR_SET_PDEATHSIG, 0)


def adopt_orphans(_: Target) -> None:
    """Adopt orphaned processes."""
    kernel.call("prctl", _PR_SET_CHILD_SUBREAPER, 1)
