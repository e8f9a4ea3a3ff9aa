"""A small assembler for classic BPF, the language of seccomp filters: instructions, labels, forward jumps."""

from __future__ import annotations

import struct
from dataclasses import dataclass

LOAD, AND, RETURN = 0x20, 0x54, 0x06
JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT = 0x15, 0x35, 0x45

_INSTRUCTION = struct.Struct("<HBBI")
INSTRUCTION_BYTES = _INSTRUCTION.size
_LONGEST_JUMP = 255


@dataclass(frozen=True)
class _Instruction:
    code: int
    value: int
    if_true: str = ""
    if_false: str = ""


class Assembler:
    """Collects instructions and resolves their labels; a jump without a label goes on with the next instruction."""

    def __init__(self) -> None:
        """Start with an empty program."""
        self._instructions: list[_Instruction] = []
        self._labels: dict[str, int] = {}

    def label(self, name: str) -> None:
        """Name the next instruction."""
        if name in self._labels:
            raise ValueError(f"label {name} is set twice")
        self._labels[name] = len(self._instructions)

    def load(self, offset: int) -> None:
        """Load the 32-bit word at ``offset`` of the system call's data."""
        self._instructions.append(_Instruction(LOAD, offset))

    def mask(self, bits: int) -> None:
        """Keep only ``bits`` of the loaded word."""
        self._instructions.append(_Instruction(AND, bits))

    def jump(self, code: int, value: int, if_true: str = "", if_false: str = "") -> None:
        """Compare the loaded word with ``value`` and go on at one of two labels."""
        self._instructions.append(_Instruction(code, value, if_true, if_false))

    def answer(self, action: int) -> None:
        """End the program with a seccomp action."""
        self._instructions.append(_Instruction(RETURN, action))

    def assemble(self) -> bytes:
        """Return the program as an array of the kernel's `struct sock_filter`; raises ValueError on a jump that cannot be made."""
        return b"".join(
            _INSTRUCTION.pack(
                item.code, self._distance(item.if_true, at), self._distance(item.if_false, at), item.value
            )
            for at, item in enumerate(self._instructions)
        )

    def _distance(self, label: str, at: int) -> int:
        if not label:
            return 0
        distance = self._labels[label] - at - 1
        if not 0 <= distance <= _LONGEST_JUMP:
            raise ValueError(f"jump from instruction {at} to {label} spans {distance}")
        return distance
