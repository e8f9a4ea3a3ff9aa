"""Landlock with an empty ruleset: whatever kind of access the kernel can restrict is denied everywhere.

Source of the interface: include/uapi/linux/landlock.h of Linux.
"""

from __future__ import annotations

import ctypes
import errno
import os
from dataclasses import dataclass

from gradekit.confinement import kernel

_VERSION = 1
# the ABI from which on each kind of access can be denied
FILES, TRUNCATION, TCP, ABSTRACT_SOCKETS_AND_SIGNALS = 1, 3, 4, 6


class _Attributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


@dataclass(frozen=True)
class Rights:
    """What one kernel can deny: a bit mask for each of the three kinds of access."""

    files: int
    network: int
    scopes: int


def abi() -> int:
    """Return the version of the kernel's Landlock interface; raises OSError (ENOSYS, EOPNOTSUPP or EPERM) where there is none."""
    return kernel.call("landlock_create_ruleset", 0, 0, _VERSION)


def known_rights() -> Rights:
    """Ask the kernel which rights it knows, one by one, so that what newer kernels add is denied as well; raises OSError."""
    abi()
    return Rights(*(_known_bits(field) for field in ("files", "network", "scopes")))


def create_ruleset(rights: Rights) -> int:
    """Return a descriptor of a ruleset that denies all of ``rights``; raises OSError."""
    attributes = _Attributes(rights.files, rights.network, rights.scopes)
    # older kernels take the longer structure as long as the fields that they do not know are zero
    size = ctypes.sizeof(attributes)
    return kernel.call("landlock_create_ruleset", ctypes.addressof(attributes), size, 0)


def _known_bits(field: str) -> int:
    known = 0
    for position in range(64):
        single = {"files": 0, "network": 0, "scopes": 0, field: 1 << position}
        try:
            os.close(create_ruleset(Rights(**single)))
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.E2BIG):
                break
            raise
        known |= 1 << position
    return known
