"""The gate opens only on proof: a layer that is missing, a probe that gets through or cannot be run, each of them closes it."""

from __future__ import annotations

import errno
import importlib
import json
import os
import sys
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from gradekit.cli.doctor import doctor
from gradekit.confinement import LAYERS, LayerState, ProbeResult, availability, gate, kernel, landlock
from gradekit.errors import ConfinementError

GATE = importlib.import_module("gradekit.confinement.gate")
DOCTOR = importlib.import_module("gradekit.cli.doctor")
confines = pytest.mark.skipif(
    not all(state.available for state in availability()), reason="this machine cannot confine workers"
)
ALL_THERE = tuple(LayerState(name, True, "here") for name in LAYERS)
NO_LANDLOCK = tuple(
    LayerState(name, False, "Function not implemented", "use a newer kernel")
    if name == "landlock"
    else LayerState(name, True, "here")
    for name in LAYERS
)
STOPPED = ProbeResult("read-file", "Read a file.", True, "PermissionError", ("seccomp",))
OPEN = ProbeResult("send-udp", "Send a datagram.", False, "not stopped", ("seccomp",))


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A machine whose layers and probes the test decides."""
    made = SimpleNamespace(states=ALL_THERE, probes=(STOPPED,), error=None)

    def run_probes(*_: object, **__: object) -> tuple[ProbeResult, ...]:
        if made.error is not None:
            raise made.error
        return made.probes

    monkeypatch.setattr(GATE, "availability", lambda: made.states)
    monkeypatch.setattr(GATE.probing, "run_probes", run_probes)
    monkeypatch.setattr(DOCTOR, "run_probes", run_probes)
    return made


def refusal() -> str:
    with pytest.raises(ConfinementError) as caught:
        gate(practice=False)
    return str(caught.value)


@confines
def test_this_machine_is_good_for_marks() -> None:
    found = gate(practice=False)
    assert found.confined
    assert found.layers == frozenset(LAYERS)
    assert len(found.probes) >= 40
    assert all(probe.blocked for probe in found.probes)


def test_a_missing_layer_refuses_marks_and_says_the_ways_out(machine: SimpleNamespace) -> None:
    machine.states = NO_LANDLOCK
    text = refusal()
    assert "no landlock (Function not implemented). To mend it: use a newer kernel." in text
    assert "container" in text
    assert "--practice" in text


def test_practice_goes_on_with_the_layers_that_there_are(machine: SimpleNamespace) -> None:
    machine.states = NO_LANDLOCK
    found = gate(practice=True)
    assert not found.confined
    assert found.layers == frozenset(LAYERS) - {"landlock"}
    assert "landlock" in found.reason


def test_one_open_probe_refuses_marks_and_is_named(machine: SimpleNamespace) -> None:
    machine.probes = (STOPPED, OPEN)
    assert "1 of 2 attempts were not stopped: send-udp (not stopped)" in refusal()
    assert not gate(practice=True).confined


def test_no_probes_are_no_proof(machine: SimpleNamespace) -> None:
    machine.probes = ()
    assert "0 of 0" in refusal()


def test_probes_that_cannot_run_are_no_proof(machine: SimpleNamespace) -> None:
    machine.error = OSError(errno.EAGAIN, "no more processes")
    assert "could not be probed" in refusal()
    assert not gate(practice=True).confined


def test_practice_on_a_good_machine_is_confined_all_the_same(machine: SimpleNamespace) -> None:
    assert gate(practice=True).probes == machine.probes
    assert gate(practice=True).confined


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_no_layer_and_are_told_what_to_use(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel.architecture.cache_clear()
    monkeypatch.setattr(sys, "platform", platform)
    try:
        states = availability()
        found = gate(practice=True)
    finally:
        kernel.architecture.cache_clear()
    assert [state.name for state in states] == list(LAYERS)
    assert not any(state.available for state in states)
    assert all(platform in state.detail and "container" in state.remedy for state in states)
    assert (found.confined, found.layers) == (False, frozenset())


@confines
@pytest.mark.parametrize(
    ("code", "remedy"), [(errno.ENOSYS, "lsm="), (errno.EOPNOTSUPP, "lsm="), (errno.EPERM, "container runtime")]
)
def test_the_remedy_fits_why_a_layer_is_missing(code: int, remedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(landlock, "abi", refuse)
    state = {state.name: state for state in availability()}["landlock"]
    assert not state.available
    assert remedy in state.remedy


def run_doctor(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(doctor)
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "140"})
    return done.exit_code, done.stdout


@confines
def test_doctor_says_yes_layer_by_layer_and_probe_by_probe() -> None:
    code, text = run_doctor()
    assert code == 0
    assert "Grading for marks is possible on this machine." in text
    assert all(layer in text for layer in LAYERS)
    assert text.count("stopped   ") >= 40
    assert text.count("possible") >= 30


@confines
def test_doctor_as_data_shows_that_the_walls_matter() -> None:
    code, text = run_doctor("--json")
    data = json.loads(text)
    assert (code, data["confined"], data["reason"]) == (0, True, "")
    assert [layer["name"] for layer in data["layers"]] == list(LAYERS)
    opened = {probe["name"] for probe in data["probes"] if probe["open_unconfined"]}
    assert {"read-file", "stat-file", "start-process", "connect-tcp", "signal-neighbour", "take-memory"} <= opened
    assert all(probe["blocked"] for probe in data["probes"])


def test_doctor_says_no_with_the_reason_and_a_non_zero_exit(machine: SimpleNamespace) -> None:
    machine.states = NO_LANDLOCK
    code, text = run_doctor()
    assert code == 1
    assert "To mend it: use a newer kernel" in text
    assert "--practice" in text
    code, text = run_doctor("--json")
    assert (code, json.loads(text)["confined"]) == (1, False)


def test_doctor_says_no_when_a_probe_gets_through(machine: SimpleNamespace) -> None:
    machine.probes = (STOPPED, OPEN)
    code, text = run_doctor()
    assert code == 1
    assert "not stopped: send-udp" in text
