"""The system-call filter of a worker: a short list of calls that computing needs, and nothing else.

There is no file-system call in it at all: all that a submission may import is imported before. Whatever is not listed answers EPERM, so
that honest code that tries it sees an ordinary exception. Field offsets are those of `struct seccomp_data` (linux/seccomp.h).
"""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Mapping
from dataclasses import dataclass

from gradekit.confinement import kernel
from gradekit.confinement.bpf import INSTRUCTION_BYTES, JUMP_ANY_BIT, JUMP_AT_LEAST, JUMP_EQUAL, Assembler
from gradekit.confinement.kernel import Architecture, Call

KILL_PROCESS = 0x80000000
ALLOW = 0x7FFF0000
ANSWER_WITH_ERROR = 0x00050000
REFUSE = ANSWER_WITH_ERROR | errno.EPERM
UNKNOWN = ANSWER_WITH_ERROR | errno.ENOSYS

_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALL_BITS = 0xFFFFFFFF
_SET_MODE_FILTER, _GET_ACTION_AVAILABLE = 1, 2

_PROT_EXEC, _MAP_HUGETLB = 0x4, 0x40000
_F_GETFD, _F_GETFL = 1, 3
_FUTEX_FLAGS = 0x80 | 0x100  # private, real-time clock
_FUTEX_WAIT, _FUTEX_WAKE, _FUTEX_WAIT_BITSET, _FUTEX_WAKE_BITSET = 0, 1, 9, 10


@dataclass(frozen=True)
class Among:
    """The low word of an argument, under ``bits``, must be one of ``values``."""

    argument: int
    values: tuple[int, ...]
    bits: int = _ALL_BITS


@dataclass(frozen=True)
class Clear:
    """None of ``bits`` may be set in the low word of an argument."""

    argument: int
    bits: int


@dataclass(frozen=True)
class Null:
    """A pointer argument must be NULL in all its 64 bits."""

    argument: int


Condition = Among | Clear | Null

# Calls without a condition: the kernel then answers from a bitmap, without running the program.
ALLOWED = frozenset(
    # open descriptors only: the connection to the grader
    "read write readv writev close fstat lseek "
    # memory
    "munmap mremap brk madvise "
    # Python's own signal handling, and the end
    "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall exit exit_group "
    # time, randomness, and what a process may know of itself
    "nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getrusage getrlimit getrandom "
    "sched_yield sched_getaffinity getpid getppid gettid getuid geteuid getgid getegid".split()
)

CONDITIONAL: Mapping[str, tuple[Condition, ...]] = {
    # no new machine code, and nothing from the machine's pool of huge pages, which no limit of ours counts
    "mmap": (Clear(2, _PROT_EXEC), Clear(3, _MAP_HUGETLB)),
    "mprotect": (Clear(2, _PROT_EXEC),),
    # plain waiting and waking; the priority-inheriting and requeueing forms are attack surface that nothing here needs
    "futex": (Among(1, (_FUTEX_WAIT, _FUTEX_WAKE, _FUTEX_WAIT_BITSET, _FUTEX_WAKE_BITSET), _ALL_BITS ^ _FUTEX_FLAGS),),
    "fcntl": (Among(1, (_F_GETFD, _F_GETFL)),),
    # send and recv on a connection; with an address they would reach other sockets
    "sendto": (Null(4),),
    "recvfrom": (Null(4),),
    # before Python 3.11 time.sleep is a select on no descriptors
    "select": (Among(0, (0,)),),
    "pselect6": (Among(0, (0,)),),
    # reading limits of the process itself
    "prlimit64": (Among(0, (0,)), Null(2)),
}


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def installation() -> Call:
    """Return the call that puts a thread under the filter, for good; raises OSError where workers cannot be confined."""
    here = kernel.architecture()
    if here is None:
        raise OSError(errno.ENOSYS, "workers can be confined on Linux on x86-64 and aarch64 only")
    code = assemble(here)
    memory = ctypes.create_string_buffer(code, len(code))
    described = _Filter(len(code) // INSTRUCTION_BYTES, ctypes.addressof(memory))
    return kernel.ready("seccomp", _SET_MODE_FILTER, 0, ctypes.addressof(described), memory=(memory, described))


def action_available(action: int) -> bool:
    """Say whether this kernel knows a seccomp action; raises OSError where it has no seccomp filters at all."""
    word = ctypes.c_uint32(action)
    try:
        kernel.call("seccomp", _GET_ACTION_AVAILABLE, 0, ctypes.addressof(word))
    except OSError as error:
        if error.errno == errno.EOPNOTSUPP:
            return False
        raise
    return True


def assemble(architecture: Architecture) -> bytes:
    """Return the filter program for an architecture.

    A call through another architecture's entry (int 0x80 on x86-64) ends the process: its numbers mean other calls. Numbers of the x32
    interface lie above all listed ones and are refused with the rest.
    """
    program = Assembler()
    program.load(_ARCHITECTURE)
    program.jump(JUMP_EQUAL, architecture.audit, if_false="kill")
    program.load(_NUMBER)
    _search(program, _intervals(architecture), "root")
    for name, conditions in CONDITIONAL.items():
        if name in architecture.numbers:
            _conditional(program, name, conditions)
    for label, action in (("allow", ALLOW), ("refuse", REFUSE), ("unknown", UNKNOWN), ("kill", KILL_PROCESS)):
        program.label(label)
        program.answer(action)
    return program.assemble()


def _intervals(architecture: Architecture) -> list[tuple[int, str]]:
    """Cut the numbers into intervals of one verdict each: (first number, label)."""
    verdicts = {}
    for name, call_number in architecture.numbers.items():
        if name in ALLOWED:
            verdicts[call_number] = "allow"
        elif name in CONDITIONAL:
            verdicts[call_number] = name
    # glibc falls back to clone only where clone3 is unknown; EPERM would make it give up differently in every version
    verdicts[architecture.numbers["clone3"]] = "unknown"
    cuts = sorted({0} | set(verdicts) | {call_number + 1 for call_number in verdicts})
    intervals: list[tuple[int, str]] = []
    for first in cuts:
        verdict = verdicts.get(first, "refuse")
        if not intervals or intervals[-1][1] != verdict:
            intervals.append((first, verdict))
    return intervals


def _search(program: Assembler, intervals: list[tuple[int, str]], label: str) -> None:
    """Emit a binary search: some six comparisons a call, where a list would take sixty."""
    program.label(label)
    middle = len(intervals) // 2
    lower, upper = intervals[:middle], intervals[middle:]
    targets = [half[0][1] if len(half) == 1 else f"from {half[0][0]} of {len(half)}" for half in (lower, upper)]
    program.jump(JUMP_AT_LEAST, upper[0][0], if_true=targets[1], if_false=targets[0])
    for half, target in zip((lower, upper), targets, strict=True):
        if len(half) > 1:
            _search(program, half, target)


def _conditional(program: Assembler, name: str, conditions: tuple[Condition, ...]) -> None:
    program.label(name)
    for position, condition in enumerate(conditions):
        low = _ARGUMENTS + 8 * condition.argument
        fulfilled = f"{name} {position} holds"
        program.load(low)
        if isinstance(condition, Clear):
            program.jump(JUMP_ANY_BIT, condition.bits, if_true="refuse")
        elif isinstance(condition, Null):
            program.jump(JUMP_EQUAL, 0, if_false="refuse")
            program.load(low + 4)
            program.jump(JUMP_EQUAL, 0, if_false="refuse")
        else:
            if condition.bits != _ALL_BITS:
                program.mask(condition.bits)
            for value in condition.values[:-1]:
                program.jump(JUMP_EQUAL, value, if_true=fulfilled)
            program.jump(JUMP_EQUAL, condition.values[-1], if_false="refuse")
        program.label(fulfilled)
    program.jump(JUMP_AT_LEAST, 0, if_true="allow")
