"""The layers of a worker's confinement, and the policy that says which of them a worker gets and how tight they are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("no-new-privs", "pdeathsig", "session", "descriptors", "rlimits", "uid", "landlock", "seccomp")

# The range that systemd keeps free for dynamic users (https://systemd.io/UIDS-GIDS), so no account and no file has one of these.
FIRST_WORKER_UID = 61184
LAST_WORKER_UID = 65519


@dataclass(frozen=True)
class Policy:
    """How one worker is confined.

    ``memory_bytes`` is address space on top of what the zygote maps when the worker is forked, so that the same limit means the same to
    a submission whatever the interpreter and NumPy take. ``cpu_seconds`` is CPU time, after which the kernel kills; the grader's
    deadline on the wall clock is separate. ``uid`` is user and group of a worker of a grader that runs as root, else None.
    ``keep_fds`` are the only descriptors that stay open.
    """

    memory_bytes: int
    cpu_seconds: int
    uid: int | None
    keep_fds: tuple[int, ...]
    layers: frozenset[str] = frozenset(LAYERS)

    def __post_init__(self) -> None:
        """Refuse what would confine nobody; raises ValueError."""
        unknown = self.layers - frozenset(LAYERS)
        if unknown:
            raise ValueError(f"no such layer: {', '.join(sorted(unknown))}")
        if self.memory_bytes <= 0 or self.cpu_seconds <= 0:
            raise ValueError("memory_bytes and cpu_seconds must be positive")
        if self.uid == 0:
            raise ValueError("a worker cannot run as uid 0")


@dataclass(frozen=True)
class LayerState:
    """Whether this machine offers a layer, what exactly it offers, and how to get it where it does not."""

    name: str
    available: bool
    detail: str
    remedy: str = ""


def worker_uid(slot: int = 0) -> int | None:
    """Return the uid and gid for the workers of one grader process, or None where there is no uid to change to.

    A grader that is not root cannot change the uid of its workers. As root every slot gets a uid of its own: under a shared one (such as
    nobody, 65534) two workers, or a worker and an unrelated service, could signal and trace each other if other layers failed. A user
    namespace that maps too few ids (a rootless container with one id) has no such uid either; its root is an ordinary user outside.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    uid = FIRST_WORKER_UID + slot % (LAST_WORKER_UID - FIRST_WORKER_UID + 1)
    return uid if _mapped("uid_map", uid) and _mapped("gid_map", uid) else None


def _mapped(table: str, identity: int) -> bool:
    try:
        rows = [line.split() for line in Path("/proc/self", table).read_text("ascii").splitlines()]
    except OSError:
        # kernels without user namespaces have no table and map every id
        return True
    return any(int(first) <= identity < int(first) + int(count) for first, _, count in rows)
