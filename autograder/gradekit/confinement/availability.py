"""What this machine offers, layer by layer, asked without changing anything."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from gradekit.confinement import kernel, landlock, privileges, seccomp
from gradekit.confinement.layers import LayerState, worker_uid

_CAP_SETGID, _CAP_SETUID = 6, 7
_LINUX = "use Linux 5.13 or newer on x86-64 or aarch64: another machine, a virtual machine, or a container"
_NEWER = "use a newer kernel (Linux 5.13 or newer has all layers)"
_CONTAINER = "the container's own system-call profile may forbid it: update the container runtime or allow the call in its profile"


def availability() -> tuple[LayerState, ...]:
    """Return the state of every layer on this machine, in the order of `LAYERS`; takes about a millisecond."""
    if kernel.architecture() is None:
        detail = f"{sys.platform} on {_machine()}: workers can be confined on Linux on x86-64 and aarch64 only"
        return tuple(LayerState(name, False, detail, _LINUX) for name in _QUESTIONS)
    return tuple(_state(name, ask) for name, ask in _QUESTIONS.items())


def _state(name: str, ask: Callable[[], str]) -> LayerState:
    try:
        return LayerState(name, True, ask())
    except OSError as error:
        remedy = _CONTAINER if error.errno in (errno.EPERM, errno.EACCES) else _REMEDIES.get(name, _NEWER)
        return LayerState(name, False, error.strerror or str(error), remedy)


def _no_new_privs() -> str:
    return "set already" if privileges.new_privileges_forbidden() else "can be set"


def _pdeathsig() -> str:
    privileges.death_signal()
    return "SIGKILL when the zygote ends"


def _session() -> str:
    return "own session for every worker"


def _descriptors() -> str:
    try:
        # an empty range is refused by a kernel that knows the call
        kernel.call("close_range", 1, 0)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    return "close_range"


def _rlimits() -> str:
    import resource

    from gradekit.confinement import limits

    limits.mapped_bytes()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY:
        return "address space and CPU time as the course says; no files, processes, descriptors"
    return f"the grader itself may map only {hard:,} bytes, and so may a worker"


def _uid() -> str:
    uid = worker_uid()
    if uid is None:
        kind = "root of a user namespace" if os.geteuid() == 0 else "not root"
        return f"grader is {kind}: workers keep uid {os.geteuid()} and lose all capabilities"
    for capability in (_CAP_SETGID, _CAP_SETUID):
        if not _capabilities() >> capability & 1:
            raise OSError(errno.ENOTSUP, "grader is root without the capability to change uid and gid")
    return f"grader is root: workers run as uid {uid} and up"


def _landlock() -> str:
    version = landlock.abi()
    rights = landlock.known_rights()
    denied = ["files"]
    denied += ["TCP"] if rights.network else []
    denied += ["abstract sockets and signals"] if rights.scopes else []
    return f"version {version}: {', '.join(denied)} denied"


def _seccomp() -> str:
    here = kernel.architecture()
    for action in (seccomp.KILL_PROCESS, seccomp.ANSWER_WITH_ERROR):
        if not seccomp.action_available(action):
            raise OSError(errno.ENOSYS, f"the kernel lacks action {action:#x}")
    calls = len(seccomp.ALLOWED | seccomp.CONDITIONAL.keys())
    return f"{here.name if here else ''}: {calls} system calls pass, none of them on paths"


def _capabilities() -> int:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0


def _machine() -> str:
    return os.uname().machine if hasattr(os, "uname") else "an unknown machine"


_QUESTIONS: dict[str, Callable[[], str]] = {
    "no-new-privs": _no_new_privs,
    "pdeathsig": _pdeathsig,
    "session": _session,
    "descriptors": _descriptors,
    "rlimits": _rlimits,
    "uid": _uid,
    "landlock": _landlock,
    "seccomp": _seccomp,
}
_REMEDIES = {
    "uid": "run the grader as an ordinary user, or give the container the capabilities SETUID and SETGID",
    "landlock": "use Linux 5.13 or newer with landlock in the list of the boot parameter lsm=",
    "rlimits": "mount /proc",
}
