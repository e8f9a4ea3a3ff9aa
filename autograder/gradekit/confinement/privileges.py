"""What a worker may do by who it is: user, capabilities, privileges through exec, and dying with its parent."""

from __future__ import annotations

import ctypes
import errno
import os
import signal

from gradekit.confinement import kernel
from gradekit.confinement.kernel import Call
from gradekit.confinement.layers import worker_uid

_SET_PDEATHSIG, _GET_PDEATHSIG, _SET_DUMPABLE, _SET_NO_NEW_PRIVS, _GET_NO_NEW_PRIVS = 1, 2, 4, 38, 39
_CAPABILITY_VERSION_3 = 0x20080522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def dropping(uid: int | None) -> list[Call]:
    """Return the calls by which a child becomes user and group ``uid`` and gives up every capability and the right to be traced.

    Raises PermissionError where this process cannot, or should not, run workers as that user.
    """
    _check_uid(uid)
    calls = []
    if uid is not None and os.geteuid() == 0:
        calls += [kernel.ready("setgroups", 0, 0), kernel.ready("setresgid", uid, uid, uid)]
        calls += [kernel.ready("setresuid", uid, uid, uid)]
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    capset = kernel.ready("capset", ctypes.addressof(header), ctypes.addressof(none), memory=(header, none))
    return [*calls, capset, kernel.ready("prctl", _SET_DUMPABLE, 0)]


def forbidding_new_privileges() -> list[Call]:
    """Return the call that makes set-user-id programs and file capabilities void for a process and all that it could start."""
    return [kernel.ready("prctl", _SET_NO_NEW_PRIVS, 1)]


def new_privileges_forbidden() -> bool:
    """Say whether they are forbidden to this process already; raises OSError where the kernel has no such switch."""
    return kernel.call("prctl", _GET_NO_NEW_PRIVS) == 1


def dying_with_parent() -> list[Call]:
    """Return the call by which a child is killed when its parent ends; a change of uid undoes it, so it comes after."""
    return [kernel.ready("prctl", _SET_PDEATHSIG, signal.SIGKILL)]


def death_signal() -> int:
    """Return the signal that this process gets when its parent ends, 0 for none; raises OSError where the kernel has no such thing."""
    word = ctypes.c_int(0)
    kernel.call("prctl", _GET_PDEATHSIG, ctypes.addressof(word))
    return word.value


def _check_uid(uid: int | None) -> None:
    if uid is None:
        if worker_uid() is not None:
            raise PermissionError(errno.EPERM, "a grader that runs as root must give its workers a uid of their own")
    elif os.geteuid() not in (0, uid):
        raise PermissionError(errno.EPERM, f"only root can run workers as uid {uid}")
