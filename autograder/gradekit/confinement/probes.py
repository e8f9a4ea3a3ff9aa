"""The catalogue of probes: what is attempted, and which layers of confinement stop it, each of them by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradekit.confinement import kernel
from gradekit.confinement.attempts import channels, files, processes, rights
from gradekit.confinement.landlock import ABSTRACT_SOCKETS_AND_SIGNALS, FILES, TCP, TRUNCATION
from gradekit.confinement.target import Target


@dataclass(frozen=True)
class Probe:
    """One attempt, and the ``layers`` that stop it.

    ``as_root`` are layers that stop it only where the grader is root; Landlock stops it from version ``landlock_abi`` on. ``keeps`` are
    descriptors that the worker is left. ``slow`` probes are left out at start-up. ``replaces_process`` marks attempts whose success is an
    exit code of 0 instead of a report. ``orphaned`` lets the process that forked the worker end before the attempt.
    """

    name: str
    attempt: Callable[[Target], None]
    layers: tuple[str, ...]
    as_root: tuple[str, ...] = ()
    landlock_abi: int | None = None
    root_only: bool = False
    keeps: Callable[[Target], tuple[int, ...]] = lambda _: ()
    slow: bool = False
    replaces_process: bool = False
    orphaned: bool = False

    @property
    def title(self) -> str:
        """What is attempted, in one sentence."""
        return (self.attempt.__doc__ or "").strip()

    def stopped_by(self, root: bool, abi: int) -> tuple[str, ...]:
        """Return the layers that stop it, each by itself, for a grader that is root or not, on a kernel with Landlock version ``abi``."""
        landlock = ("landlock",) if self.landlock_abi is not None and abi >= self.landlock_abi else ()
        return (*self.layers, *landlock, *(self.as_root if root else ()))


_CATALOGUE = (
    Probe("read-file", files.read_file, ("seccomp", "rlimits"), landlock_abi=FILES),
    Probe("read-file-by-alias", files.read_file_by_alias, ("seccomp", "rlimits"), landlock_abi=FILES),
    Probe("read-inherited-descriptor", files.read_inherited_descriptor, ("descriptors",)),
    Probe("stat-file", files.stat_file, ("seccomp",)),
    Probe("list-folder", files.list_folder, ("seccomp", "rlimits"), landlock_abi=FILES),
    Probe("create-file", files.create_file, ("seccomp",), landlock_abi=FILES),
    Probe("link-file", files.link_file, ("seccomp",), landlock_abi=FILES),
    Probe("remove-file", files.remove_file, ("seccomp",), landlock_abi=FILES),
    Probe("cut-file", files.cut_file, ("seccomp",), landlock_abi=TRUNCATION),
    Probe("grow-file", rights.grow_file, ("rlimits",), keeps=lambda target: (target.growable,)),
    Probe("change-mode", files.change_mode, ("seccomp",), as_root=("uid",)),
    Probe("change-times", files.change_times, ("seccomp",), as_root=("uid",)),
    Probe("start-process", processes.start_process, ("seccomp", "rlimits")),
    Probe("start-process-for-parent", processes.start_process_for_parent, ("seccomp", "rlimits")),
    Probe("start-thread", processes.start_thread, ("seccomp", "rlimits")),
    Probe("execute", processes.execute, ("seccomp", "rlimits"), landlock_abi=FILES, replaces_process=True),
    Probe(
        "execute-as-grader",
        processes.execute_as_grader,
        ("no-new-privs", "seccomp", "rlimits"),
        landlock_abi=FILES,
        root_only=True,
        slow=True,
        replaces_process=True,
    ),
    Probe("signal-neighbour", processes.signal_neighbour, ("seccomp",), ("uid",), ABSTRACT_SOCKETS_AND_SIGNALS),
    Probe("trace-neighbour", processes.trace_neighbour, ("seccomp",), ("uid",), FILES),
    Probe("read-neighbour-memory", processes.read_neighbour_memory, ("seccomp",), ("uid",), FILES),
    Probe("read-neighbour-memory-file", processes.read_neighbour_memory_file, ("seccomp", "rlimits"), ("uid",), FILES),
    Probe("steal-descriptor", processes.steal_descriptor, ("seccomp", "rlimits"), ("uid",), FILES),
    Probe("open-own-memory", processes.open_own_memory, ("seccomp", "rlimits", "uid"), landlock_abi=FILES),
    Probe("leave-process-group", processes.leave_process_group, ("seccomp", "session")),
    Probe("outlive-parent", processes.outlive_parent, ("pdeathsig",), orphaned=True),
    Probe("undo-death-signal", processes.undo_death_signal, ("seccomp",)),
    Probe("adopt-orphans", processes.adopt_orphans, ("seccomp",)),
    Probe("connect-tcp", channels.connect_tcp, ("seccomp", "rlimits"), landlock_abi=TCP),
    Probe("listen-tcp", channels.listen_tcp, ("seccomp", "rlimits"), landlock_abi=TCP),
    Probe("send-udp", channels.send_udp, ("seccomp", "rlimits")),
    Probe("connect-unix-path", channels.connect_unix_path, ("seccomp", "rlimits")),
    Probe(
        "connect-unix-name",
        channels.connect_unix_name,
        ("seccomp", "rlimits"),
        landlock_abi=ABSTRACT_SOCKETS_AND_SIGNALS,
    ),
    Probe("pass-descriptor", channels.pass_descriptor, ("seccomp",), keeps=lambda target: target.connection),
    Probe("make-shared-memory", channels.make_shared_memory, ("seccomp",)),
    Probe("make-memory-file", channels.make_memory_file, ("seccomp", "rlimits")),
    Probe("make-message-queue", channels.make_message_queue, ("seccomp", "rlimits"), landlock_abi=FILES),
    Probe("make-io-ring", channels.make_io_ring, ("seccomp", "rlimits")),
    Probe("add-key", channels.add_key, ("seccomp",)),
    Probe("make-namespace", rights.make_namespace, ("seccomp",)),
    Probe("change-user", rights.change_user, ("seccomp", "uid"), root_only=True),
    Probe("change-root", rights.change_root, ("seccomp", "uid"), root_only=True),
    Probe("raise-limit", rights.raise_limit, ("seccomp", "uid"), root_only=True),
    Probe("change-limit", rights.change_limit, ("seccomp",)),
    Probe("change-priority", rights.change_priority, ("seccomp",)),
    Probe("change-cores", rights.change_cores, ("seccomp",)),
    Probe("change-scheduler", rights.change_scheduler, ("seccomp",)),
    Probe("take-memory", rights.take_memory, ("rlimits",)),
    Probe("lock-memory", rights.lock_memory, ("seccomp", "rlimits")),
    Probe("take-cpu-time", rights.take_cpu_time, ("rlimits",), slow=True),
    Probe("map-code", rights.map_code, ("seccomp",)),
)

_X86_ONLY = (
    Probe("call-32-bit", rights.call_32_bit, ("seccomp",)),
    Probe("call-x32", rights.call_x32, ("seccomp",)),
)


def catalogue(root: bool) -> tuple[Probe, ...]:
    """Return the probes that mean something on this architecture, for a grader that is root or not."""
    every = (*_CATALOGUE, *_X86_ONLY) if kernel.architecture() is kernel.X86_64 else _CATALOGUE
    return tuple(probe for probe in every if root or not probe.root_only)
