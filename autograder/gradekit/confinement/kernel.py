"""Raw system calls through `ctypes`, and their numbers on the two architectures that workers are confined on."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# name, number on x86-64, number on aarch64; "-" where the architecture has no such call.
# Source: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
_TABLE = """
read 0 63                   write 1 64                  readv 19 65                 writev 20 66
close 3 57                  fstat 5 80                  lseek 8 62                  fcntl 72 25
mmap 9 222                  mprotect 10 226             munmap 11 215               mremap 25 216
brk 12 214                  madvise 28 233              futex 202 98                getrandom 318 278
rt_sigaction 13 134         rt_sigprocmask 14 135       rt_sigreturn 15 139         sigaltstack 131 132
select 23 -                 pselect6 270 72             nanosleep 35 101            clock_nanosleep 230 115
restart_syscall 219 128     sched_yield 24 124          sched_getaffinity 204 123   clock_gettime 228 113
clock_getres 229 114        gettimeofday 96 169         time 201 -                  times 100 153
getrusage 98 165            getrlimit 97 163            prlimit64 302 261           getpid 39 172
gettid 186 178              getuid 102 174              geteuid 107 175             getgid 104 176
getegid 108 177             sendto 44 206               recvfrom 45 207             exit 60 93
exit_group 231 94           clone3 435 435              prctl 157 167               capset 126 91
close_range 436 436         seccomp 317 277             landlock_create_ruleset 444 444
landlock_restrict_self 446 446                          clone 56 220                unshare 272 97
ptrace 101 117              process_vm_readv 310 270    memfd_create 319 279        shmget 29 194
shmctl 31 195               mq_open 240 180             mq_unlink 241 181           io_uring_setup 425 425
add_key 248 217             mlock 149 228               pidfd_open 434 434          pidfd_getfd 438 438
setsid 112 157              setgroups 116 159           setresuid 117 147           setresgid 119 149
getppid 110 173
"""


@dataclass(frozen=True)
class Architecture:
    """One system-call interface: its number in seccomp's architecture field, and its calls by name."""

    name: str
    audit: int
    numbers: Mapping[str, int]


def _column(index: int) -> dict[str, int]:
    words = _TABLE.split()
    rows = zip(words[0::3], words[1::3], words[2::3], strict=True)
    return {row[0]: int(row[index]) for row in rows if row[index] != "-"}


X86_64 = Architecture("x86_64", 0xC000003E, _column(1))
AARCH64 = Architecture("aarch64", 0xC00000B7, _column(2))


@lru_cache(maxsize=1)
def architecture() -> Architecture | None:
    """Return the interface that this process uses, or None where workers cannot be confined."""
    if sys.platform != "linux" or struct.calcsize("P") != 8 or sys.byteorder != "little":
        return None
    return {"x86_64": X86_64, "aarch64": AARCH64}.get(os.uname().machine)


def number(name: str) -> int:
    """Return the number of a system call here; raises OSError (ENOSYS) where this machine is not supported."""
    here = architecture()
    if here is None or name not in here.numbers:
        raise OSError(errno.ENOSYS, f"no system call {name} on this machine")
    return here.numbers[name]


@lru_cache(maxsize=1)
def _libc_syscall() -> Any:
    function = ctypes.CDLL(None, use_errno=True).syscall
    # without declared types ctypes would cut pointers to 32 bits
    function.argtypes = [ctypes.c_long] * 7
    function.restype = ctypes.c_long
    return function


@dataclass(frozen=True)
class Call:
    """A system call made ready: its number and six arguments, and the memory that those point to."""

    words: tuple[int, ...]
    memory: tuple[object, ...] = ()


def ready(name: str, *arguments: int, memory: tuple[object, ...] = ()) -> Call:
    """Make a call ready to be made later; raises OSError (ENOSYS) where this machine is not supported."""
    return Call((number(name), *arguments, 0, 0, 0, 0, 0, 0)[:7], memory)


def caller() -> Callable[..., int]:
    """Return the C function that takes the seven words of a call and answers -1 on an error, which `last_error` then gives."""
    function: Callable[..., int] = _libc_syscall()
    return function


def last_error() -> OSError:
    """Return the error of this thread's last call."""
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))


def call(name: str, *arguments: int) -> int:
    """Make a system call with up to six words; raises OSError with the kernel's error number."""
    result = caller()(*ready(name, *arguments).words)
    if result < 0:
        raise last_error()
    return result
