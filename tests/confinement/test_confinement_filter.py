"""The system-call filter, run by an interpreter of the language it is written in, on every number and many arguments."""

from __future__ import annotations

import errno
import struct
from collections.abc import Sequence
from functools import lru_cache

import pytest

from gradekit.confinement import seccomp
from gradekit.confinement.bpf import JUMP_EQUAL, Assembler
from gradekit.confinement.kernel import AARCH64, X86_64, Architecture, architecture, number, ready

ARCHITECTURES = pytest.mark.parametrize("machine", [X86_64, AARCH64], ids=lambda machine: machine.name)
REFUSE, UNKNOWN, ALLOW = seccomp.REFUSE, seccomp.UNKNOWN, seccomp.ALLOW
X32 = 0x40000000
EVERYTHING_SET = (2**64 - 1,) * 6


def run(program: bytes, audit: int, call: int, arguments: Sequence[int] = (0,) * 6) -> int:
    """Interpret a classic BPF program on one `struct seccomp_data`; return its action."""
    data = struct.pack("<IIQ6Q", call, audit, 0x1234, *arguments)
    instructions = list(struct.iter_unpack("<HBBI", program))
    at, word = 0, 0
    while True:
        code, if_true, if_false, value = instructions[at]
        at += 1
        if code == 0x20:
            (word,) = struct.unpack_from("<I", data, value)
        elif code == 0x54:
            word &= value
        elif code == 0x06:
            return int(value)
        else:
            holds = {0x15: word == value, 0x35: word >= value, 0x45: bool(word & value)}[code]
            at += if_true if holds else if_false


@lru_cache
def assembled(name: str) -> bytes:
    return seccomp.assemble({"x86_64": X86_64, "aarch64": AARCH64}[name])


def verdict(machine: Architecture, name: str, *arguments: int) -> int:
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    return run(assembled(machine.name), machine.audit, machine.numbers[name], padded)


@ARCHITECTURES
def test_exactly_the_listed_calls_pass(machine: Architecture) -> None:
    program = seccomp.assemble(machine)
    listed = {machine.numbers[name] for name in seccomp.ALLOWED if name in machine.numbers}
    conditional = {machine.numbers[name] for name in seccomp.CONDITIONAL if name in machine.numbers}
    clone3 = machine.numbers["clone3"]
    for call in range(1024):
        if call in listed:
            expected = {ALLOW}
        elif call in conditional:
            continue
        else:
            expected = {UNKNOWN if call == clone3 else REFUSE}
        assert {run(program, machine.audit, call), run(program, machine.audit, call, EVERYTHING_SET)} == expected, call


@ARCHITECTURES
def test_every_name_of_the_lists_has_a_number_somewhere(machine: Architecture) -> None:
    absent = (seccomp.ALLOWED | seccomp.CONDITIONAL.keys()) - machine.numbers.keys()
    assert absent == (set() if machine is X86_64 else {"select", "time"})


@ARCHITECTURES
@pytest.mark.parametrize("foreign", [0x40000003, 0x40000028, 0, 0xFFFFFFFF])
def test_a_call_through_another_architecture_ends_the_process(machine: Architecture, foreign: int) -> None:
    program = seccomp.assemble(machine)
    other = AARCH64 if machine is X86_64 else X86_64
    for audit in (foreign, other.audit):
        assert {run(program, audit, call) for call in range(600)} == {seccomp.KILL_PROCESS}


@ARCHITECTURES
def test_numbers_of_the_x32_interface_and_beyond_are_refused(machine: Architecture) -> None:
    program = seccomp.assemble(machine)
    calls = [X32 | call for call in range(600)] + [0x80000000, 2**31 - 1, 2**32 - 1]
    assert {run(program, machine.audit, call) for call in calls} == {REFUSE}


@ARCHITECTURES
def test_no_memory_becomes_executable(machine: Architecture) -> None:
    private, read, write, execute, huge = 0x22, 1, 2, 4, 0x40000
    for protection in (read, write, read | write, 0):
        assert verdict(machine, "mmap", 0, 4096, protection, private) == ALLOW
        assert verdict(machine, "mmap", 0, 4096, protection | execute, private) == REFUSE
        assert verdict(machine, "mprotect", 0, 4096, protection) == ALLOW
        assert verdict(machine, "mprotect", 0, 4096, protection | execute) == REFUSE
    assert verdict(machine, "mmap", 0, 4096, read, private | huge) == REFUSE


@ARCHITECTURES
@pytest.mark.parametrize("name", ["sendto", "recvfrom"])
@pytest.mark.parametrize("address", [1, 1 << 31, 1 << 32, 1 << 63])
def test_sending_and_receiving_name_no_address(machine: Architecture, name: str, address: int) -> None:
    assert verdict(machine, name, 3, 0xDEAD, 10, 0, 0) == ALLOW
    assert verdict(machine, name, 3, 0xDEAD, 10, 0, address) == REFUSE


@ARCHITECTURES
def test_limits_can_be_read_and_only_those_of_the_process_itself(machine: Architecture) -> None:
    assert verdict(machine, "prlimit64", 0, 7, 0, 0xDEAD) == ALLOW
    assert verdict(machine, "prlimit64", 1, 7, 0, 0xDEAD) == REFUSE
    assert verdict(machine, "prlimit64", 0, 7, 0xDEAD, 0) == REFUSE
    assert verdict(machine, "prlimit64", 0, 7, 1 << 40, 0) == REFUSE


@ARCHITECTURES
def test_futexes_wait_and_wake_only(machine: Architecture) -> None:
    private, realtime = 0x80, 0x100
    passing = {operation for operation in range(64) if verdict(machine, "futex", 0xDEAD, operation) == ALLOW}
    assert passing == {0, 1, 9, 10}
    assert verdict(machine, "futex", 0xDEAD, 9 | private | realtime) == ALLOW
    assert verdict(machine, "futex", 0xDEAD, 11 | private) == REFUSE
    assert verdict(machine, "futex", 0xDEAD, 1 << 30) == REFUSE


@ARCHITECTURES
def test_descriptor_flags_can_be_read_but_not_set_or_duplicated(machine: Architecture) -> None:
    assert {command for command in range(2048) if verdict(machine, "fcntl", 0, command) == ALLOW} == {1, 3}


@ARCHITECTURES
def test_select_waits_on_no_descriptor(machine: Architecture) -> None:
    names = {"select", "pselect6"} & machine.numbers.keys()
    assert {verdict(machine, name, 0) for name in names} == {ALLOW}
    assert {verdict(machine, name, 1) for name in names} == {REFUSE}


def test_refusals_are_ordinary_errors_to_python() -> None:
    assert REFUSE & 0xFFFF == errno.EPERM
    assert UNKNOWN & 0xFFFF == errno.ENOSYS


def test_a_jump_that_the_language_cannot_express_is_refused() -> None:
    program = Assembler()
    program.jump(JUMP_EQUAL, 1, if_true="far")
    for _ in range(256):
        program.load(0)
    program.label("far")
    program.answer(0)
    with pytest.raises(ValueError, match="spans 256"):
        program.assemble()


def test_a_label_is_set_once() -> None:
    program = Assembler()
    program.label("here")
    with pytest.raises(ValueError, match="twice"):
        program.label("here")


def test_the_machine_is_one_of_the_two_or_none() -> None:
    assert architecture() in (X86_64, AARCH64, None)


def test_a_call_that_this_machine_lacks_is_an_error_and_not_another_call() -> None:
    with pytest.raises(OSError, match="no system call warp"):
        number("warp")


@pytest.mark.skipif(architecture() is None, reason="no system calls to make ready here")
def test_a_ready_call_has_seven_words() -> None:
    assert ready("getpid").words == (number("getpid"), 0, 0, 0, 0, 0, 0)
