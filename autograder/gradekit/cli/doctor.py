"""`gradekit doctor`: what this machine offers for confinement, layer by layer, and what the probes say of it."""

from __future__ import annotations

import json as json_module
import platform
import shutil
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from gradekit.cli.output import console
from gradekit.confinement import Confinement, ProbeResult, examine, run_probes

_LAYER_TITLES = {
    "no-new-privs": "no privileges through exec",
    "pdeathsig": "dies with the zygote",
    "session": "session of its own",
    "descriptors": "no foreign descriptors",
    "rlimits": "resource limits",
    "uid": "user of its own, no capabilities",
    "landlock": "Landlock, nothing permitted",
    "seccomp": "system-call filter",
}


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print the findings for machines.")] = False,
) -> None:
    """Say whether this machine can confine submissions, so that grading for marks is possible.

    Every probe really tries what a hostile submission would, once confined and once not: a wall that stops nothing proves nothing.
    Exit code 0: grading for marks is possible; 1: it is not, and the table says what is missing.
    """
    found = examine()
    control = _control(found)
    if json:
        print(json_module.dumps(_as_data(found, control), indent=1))
    else:
        console().print(_as_table(found, control))
    sys.exit(0 if found.confined else 1)


def _control(found: Confinement) -> dict[str, ProbeResult]:
    """Run the same probes without confinement, to see which of them would succeed here."""
    if not found.probes:
        return {}
    try:
        return {probe.name: probe for probe in run_probes(frozenset())}
    except OSError:
        return {}


def _as_data(found: Confinement, control: dict[str, ProbeResult]) -> dict[str, Any]:
    return {
        "confined": found.confined,
        "reason": found.reason,
        "system": _system(),
        "layers": [asdict(state) for state in found.states],
        "probes": [
            {**asdict(probe), "open_unconfined": probe.name in control and not control[probe.name].blocked}
            for probe in found.probes
        ],
        "bubblewrap": shutil.which("bwrap"),
    }


def _as_table(found: Confinement, control: dict[str, ProbeResult]) -> RenderableType:
    parts: list[RenderableType] = [Text(_system()), _layers(found)]
    if found.probes:
        parts += ["", _probes(found, control)]
    note = "found, but not used by the grader" if shutil.which("bwrap") else "not found"
    parts += ["", Text(f"bubblewrap: {note}. It is not needed: all layers come from the kernel.", style="dim"), ""]
    verdict = "Grading for marks is possible on this machine." if found.confined else found.reason
    parts.append(Text(verdict, style="bold green" if found.confined else "bold red"))
    if not found.confined:
        parts.append(Text("Grading for practice is possible with --practice; every output then says so."))
    return Group(*parts)


def _layers(found: Confinement) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("layer", "what it is", "here", "detail"):
        table.add_column(heading, overflow="fold")
    for state in found.states:
        here = Text("yes", "green") if state.available else Text("no", "red")
        detail = state.detail if state.available else f"{state.detail}. To mend it: {state.remedy}"
        table.add_row(state.name, _LAYER_TITLES[state.name], here, Text(detail))
    return table


def _probes(found: Confinement, control: dict[str, ProbeResult]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("a submission tries to", "confined", "not confined", "stopped by each of"):
        table.add_column(heading, overflow="fold")
    for probe in found.probes:
        inside = Text("stopped", "green") if probe.blocked else Text(probe.detail, "red")
        title = probe.title.rstrip(".")
        table.add_row(
            title[:1].lower() + title[1:], inside, _unconfined(control.get(probe.name)), ", ".join(probe.layers)
        )
    return table


def _unconfined(probe: ProbeResult | None) -> Text:
    if probe is None:
        return Text("not tried", "dim")
    return Text("impossible here", "dim") if probe.blocked else Text("possible")


def _system() -> str:
    return f"{platform.system()} {platform.release()} on {platform.machine()}, Python {platform.python_version()}"
