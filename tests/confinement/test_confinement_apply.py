"""What a confined process is: its limits, its user, its descriptors, its session, its death; and that half a confinement is an error."""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path

import pytest
from children import run_program

from gradekit.confinement import LAYERS, Policy, availability, prepare, worker_uid
from gradekit.confinement.layers import FIRST_WORKER_UID, LAST_WORKER_UID

confines = pytest.mark.skipif(
    not all(state.available for state in availability()), reason="this machine cannot confine workers"
)
MIB = 1 << 20


def test_a_policy_names_known_layers_only() -> None:
    with pytest.raises(ValueError, match="no such layer: sandbox"):
        Policy(MIB, 1, None, (), frozenset({"seccomp", "sandbox"}))


@pytest.mark.parametrize(("memory", "cpu"), [(0, 1), (-1, 1), (MIB, 0), (MIB, -5)])
def test_a_policy_has_positive_limits(memory: int, cpu: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        Policy(memory, cpu, None, ())


def test_a_worker_is_never_root() -> None:
    with pytest.raises(ValueError, match="uid 0"):
        Policy(MIB, 1, 0, ())


def test_slots_get_uids_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    uids = [worker_uid(slot) for slot in range(200)]
    assert None in uids or len(set(uids)) == 200
    assert all(uid is None or FIRST_WORKER_UID <= uid <= LAST_WORKER_UID for uid in [*uids, worker_uid(10**6)])


def test_an_ordinary_user_changes_no_uid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert worker_uid() is None


@confines
@pytest.mark.skipif(os.geteuid() != 0 or worker_uid() is None, reason="only root can give its workers a uid")
def test_a_grader_that_is_root_must_give_a_uid() -> None:
    with pytest.raises(OSError, match="layer uid cannot be had: a grader that runs as root"):
        prepare(Policy(MIB, 1, None, ()))


@confines
def test_an_ordinary_grader_cannot_give_a_foreign_uid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(OSError, match="layer uid cannot be had: only root"):
        prepare(Policy(MIB, 1, 61184, ()))


def open_descriptors() -> set[str]:
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


@confines
def test_preparing_a_policy_leaves_this_process_as_it_was() -> None:
    limits = [resource.getrlimit(which) for which in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU)]
    before = open_descriptors()
    prepared = prepare(Policy(MIB, 1, worker_uid(), ()))
    assert len(open_descriptors() - before) == 1
    prepared.close()
    prepared.close()
    assert open_descriptors() == before
    assert limits == [
        resource.getrlimit(which) for which in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU)
    ]


def test_a_policy_without_layers_does_nothing_anywhere() -> None:
    prepared = prepare(Policy(MIB, 1, None, (), frozenset()))
    prepared.apply(keep_fds=())
    assert os.getpgid(0) >= 0


@confines
def test_a_missing_layer_is_an_error_that_names_it() -> None:
    closed = run_program(
        """
prepared = prepare(Policy(MIB, 1, worker_uid(), ()))
prepared.close()
pid = os.fork()
if pid == 0:
    try:
        prepared.apply(keep_fds=(0, 1, 2))
    except OSError as error:
        print(json.dumps(str(error)), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
"""
    )
    assert "layer landlock cannot be had" in closed


@confines
def test_only_a_child_of_the_preparing_process_can_be_confined() -> None:
    orphan = run_program(
        """
prepared = prepare(Policy(MIB, 1, worker_uid(), ()))
middle = os.fork()
if middle == 0:
    grandchild = os.fork()
    if grandchild == 0:
        try:
            prepared.apply(keep_fds=(0, 1, 2))
        except OSError as error:
            os.write(1, json.dumps(str(error)).encode())
        os._exit(0)
    os.waitpid(grandchild, 0)
    os._exit(0)
os.waitpid(middle, 0)
"""
    )
    assert "layer pdeathsig cannot be had: the process that forked this worker has ended" in orphan


@confines
def test_memory_is_counted_above_what_the_parent_maps() -> None:
    outcomes = run_program(
        """
ballast = bytearray(300 * MIB)
print(json.dumps([confined(lambda: len(bytearray(size * MIB)), memory=200 * MIB) for size in (150, 220)]))
"""
    )
    assert outcomes[0] == ["value", 150 * MIB]
    assert outcomes[1][0] == "error"
    assert outcomes[1][1].startswith("MemoryError")


@confines
def test_cpu_time_ends_in_a_kill_that_nothing_catches() -> None:
    started = time.monotonic()
    kind, number = run_program(
        """
import signal

def spin():
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass

print(json.dumps(confined(spin, cpu=1)))
"""
    )
    assert (kind, number) == ("signal", signal.SIGKILL)
    assert time.monotonic() - started < 30


@confines
def test_a_tighter_limit_from_outside_stays() -> None:
    kind, value = run_program(
        """
import resource
outside = 4096 * MIB
resource.setrlimit(resource.RLIMIT_AS, (outside, outside))
print(json.dumps(confined(lambda: resource.getrlimit(resource.RLIMIT_AS), memory=1 << 40)))
"""
    )
    assert (kind, value) == ("value", [4096 * MIB, 4096 * MIB])


@confines
def test_identity_session_and_limits_of_a_confined_process() -> None:
    program = """
import resource
names = ("FSIZE", "NPROC", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO")
look = lambda: {
    "uids": os.getuid(), "limits": [resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names],
}
kind, value = confined(look)
# what the filter hides is seen without it
status = confined(
    lambda: [open("/proc/self/status").read(), os.getsid(0) == os.getpid(), os.getgroups()],
    layers=[layer for layer in LAYERS if layer not in ("seccomp", "landlock", "rlimits")],
)
print(json.dumps([kind, value, status]))
"""
    kind, value, (status_kind, (status, leads_session, groups)) = run_program(program)
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    uid = worker_uid(5) or os.getuid()
    assert (kind, status_kind) == ("value", "value")
    assert value == {"uids": uid, "limits": [[0, 0]] * 8}
    assert leads_session is True
    assert fields["Uid"].split() == [str(uid)] * 4
    assert {fields[name].strip("0") for name in ("CapPrm", "CapEff", "CapInh", "CapAmb")} == {""}
    assert fields["NoNewPrivs"] == "1"
    assert groups == [] or os.getuid() != 0


@confines
def test_only_the_named_descriptors_stay_open() -> None:
    kind, value = run_program(
        """
pairs = [os.pipe() for _ in range(20)]
kept = pairs[7][1]
def which():
    still = []
    for descriptor in range(3, 200):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        still.append(descriptor)
    return [still, kept]
layers = [layer for layer in LAYERS if layer != "seccomp"]
print(json.dumps(confined(which, keep=(0, 1, 2, kept), layers=layers)))
"""
    )
    assert kind == "value"
    still, kept = value
    # the kept one, and the one that the answer goes through; the descriptor of the ruleset is gone
    assert kept in still
    assert len(still) == 2


@confines
def test_one_preparation_serves_many_children() -> None:
    outcomes = run_program(
        """
prepared = prepare(Policy(256 * MIB, 5, worker_uid(), ()))
answers, answer = os.pipe()
for _ in range(30):
    pid = os.fork()
    if pid == 0:
        prepared.apply(keep_fds=(answer,))
        try:
            open("/etc/hostname")
        except PermissionError:
            os.write(answer, b"-")
        os._exit(0)
    os.waitpid(pid, 0)
print(json.dumps(os.read(answers, 100).decode()))
"""
    )
    assert outcomes == "-" * 30


def test_the_layers_are_those_of_the_design() -> None:
    assert LAYERS == ("no-new-privs", "pdeathsig", "session", "descriptors", "rlimits", "uid", "landlock", "seccomp")
    assert tuple(state.name for state in availability()) == LAYERS
