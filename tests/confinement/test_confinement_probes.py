"""Every probe is stopped, each layer that is said to stop it does so alone, and without those layers it succeeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from gradekit.confinement import LAYERS, availability, run_probes
from gradekit.confinement.probes import catalogue

pytestmark = pytest.mark.skipif(
    not all(state.available for state in availability()), reason="this machine cannot confine workers"
)

NOBODY = 65534
# what a kernel, its settings or a container (without SYS_RESOURCE, nosuid /tmp) may make impossible for everyone
OPTIONAL = {
    "call-32-bit",
    "call-x32",
    "make-message-queue",
    "make-io-ring",
    "add-key",
    "make-namespace",
    "execute-as-grader",
    "raise-limit",
    "steal-descriptor",
}
# kernels refuse both to a process that might still gain privileges
NEED_NO_NEW_PRIVS = {"landlock", "seccomp"}

Run = tuple[frozenset[str], str]


def _runs(uid: int, wanted: Iterable[Run]) -> dict[Run, dict[str, Any]]:
    grouped: dict[frozenset[str], list[str]] = defaultdict(list)
    for layers, name in sorted(wanted, key=lambda run: (sorted(run[0]), run[1])):
        grouped[layers].append(name)
    order = json.dumps([[sorted(layers), names] for layers, names in grouped.items()])
    command = [sys.executable, "-I", "-B", str(Path(__file__).with_name("probe_runs.py")), str(uid), order]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    return {(layers, row["name"]): row for layers, rows in zip(grouped, answers, strict=True) for row in rows}


class Matrix:
    """All that is asked of the probes of one kind of user."""

    def __init__(self, uid: int) -> None:
        everything = frozenset(LAYERS)
        self.names = [probe.name for probe in catalogue(root=uid == 0 and os.geteuid() == 0)]
        confined = _runs(uid, [(everything, name) for name in self.names])
        self.confined = {name: confined[everything, name] for name in self.names}
        self.claims = {name: frozenset(row["layers"]) for name, row in self.confined.items()}
        without = {name: everything - claims for name, claims in self.claims.items()}
        alone = {
            (name, layer): without[name] | {layer} | ({"no-new-privs"} if layer in NEED_NO_NEW_PRIVS else set())
            for name, claims in self.claims.items()
            for layer in claims
        }
        rest = _runs(
            uid, {(layers, name) for name, layers in without.items()} | {(l, n) for (n, _), l in alone.items()}
        )
        self.without = {name: rest[layers, name] for name, layers in without.items()}
        self.alone = {case: rest[layers, case[0]] for case, layers in alone.items()}


@pytest.fixture(scope="module", params=["root", "ordinary"])
def matrix(request: pytest.FixtureRequest) -> Matrix:
    if os.geteuid() == 0:
        return Matrix(0 if request.param == "root" else NOBODY)
    if request.param == "root":
        pytest.skip("only root can run this as root")
    return Matrix(0)


def test_every_probe_is_stopped_by_full_confinement(matrix: Matrix) -> None:
    assert len(matrix.confined) >= 45
    assert {name: row["detail"] for name, row in matrix.confined.items() if not row["blocked"]} == {}


def test_every_probe_succeeds_without_the_layers_that_stop_it(matrix: Matrix) -> None:
    stopped = {name: row["detail"] for name, row in matrix.without.items() if row["blocked"]}
    assert {name: detail for name, detail in stopped.items() if name not in OPTIONAL} == {}
    untried = {name: row["detail"] for name, row in matrix.without.items() if "could not be tried" in row["detail"]}
    assert untried == {}


def test_probes_that_prove_nothing_here_are_named(matrix: Matrix) -> None:
    impossible = {name for name, row in matrix.without.items() if row["blocked"]}
    assert impossible <= OPTIONAL
    if impossible:
        pytest.skip(f"impossible on this machine even unconfined: {', '.join(sorted(impossible))}")


def test_every_layer_stops_alone_what_it_is_said_to_stop(matrix: Matrix) -> None:
    assert {case: row["detail"] for case, row in matrix.alone.items() if not row["blocked"]} == {}


def test_every_layer_is_shown_to_stop_something(matrix: Matrix) -> None:
    shown = {layer for name, claims in matrix.claims.items() if name not in OPTIONAL for layer in claims}
    # a set-user-id program, which is what no-new-privs makes void, takes root to make
    expected = set(LAYERS) - {"no-new-privs"}
    assert expected <= shown
    if "execute-as-grader" in matrix.names:
        assert "no-new-privs" in matrix.claims["execute-as-grader"]


def test_the_32_bit_entry_ends_the_process(matrix: Matrix) -> None:
    if "call-32-bit" not in matrix.confined:
        pytest.skip("only x86-64 has a 32-bit entry")
    assert matrix.confined["call-32-bit"]["detail"] == "killed by SIGSYS"


def test_start_up_probes_run_in_a_fresh_interpreter_and_leave_out_the_slow_ones() -> None:
    results = run_probes()
    slow = {probe.name for probe in catalogue(root=True) if probe.slow}
    assert all(result.blocked for result in results)
    assert {"read-file", "stat-file", "start-process", "connect-tcp", "signal-neighbour", "take-memory"} <= {
        result.name for result in results
    }
    assert not slow & {result.name for result in results}


def test_an_unknown_probe_is_refused_and_not_passed_over() -> None:
    with pytest.raises(OSError, match="no such probe here: read-minds"):
        run_probes(names=("read-minds",))


def test_probes_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    tmp_path.chmod(0o755)
    segments = Path("/proc/sysvipc/shm").read_text("ascii")
    run_probes(names=("make-shared-memory", "create-file", "start-process"))
    run_probes(frozenset(), names=("make-shared-memory", "create-file", "start-process"))
    assert list(tmp_path.iterdir()) == []
    assert Path("/proc/sysvipc/shm").read_text("ascii") == segments
