"""Attacks that no repository can hold: bombs, links, devices, and names that other systems could not check out."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

from . import archives, notebooks

CODE = "import numpy as np\n\n\ndef sigmoid(z):\n    return np.zeros_like(z)\n"
LOST = {"test_sigmoid_values": ["failed"]}
MISSING = {"test_sigmoid_values": ["missing"]}


def build(folder: Path) -> None:
    """Write every attack into ``folder``, in the shape of those that lie beside this package."""
    for module in (archives, notebooks):
        for name, rows, does, file_name, data, expected in module.ATTACKS:
            declare(folder / name, rows, does, hand_in=file_name, **expected)
            (folder / name / file_name).write_bytes(data())
    _folders(folder)
    _names(folder)


def declare(folder: Path, rows: list[int], does: str, **more: Any) -> Path:
    """Make the folder of an attack with its declaration."""
    folder.mkdir()
    (folder / "attack.json").write_text(json.dumps({"rows": rows, "does": does, **more}), encoding="utf-8")
    return folder


def refused(reason: str) -> dict[str, str]:
    """What is expected of a hand-in that intake refuses."""
    return {"status": "ungradable", "reason": reason}


def _hand_in(folder: Path) -> Path:
    inside = folder / "hand-in"
    inside.mkdir()
    return inside


def _folders(folder: Path) -> None:
    links = _hand_in(declare(folder / "62k-links", [9, 62], "links its files to private ones", outcomes=MISSING))
    (links / "activations.py").symlink_to("/tmp/gradekit-canary")
    whole = declare(folder / "62l-linked-folder", [9, 62], "is itself a link to a folder", **refused("symbolic link"))
    (whole / "hand-in").symlink_to("/etc")
    pipe = _hand_in(
        declare(folder / "62m-pipe", [62], "holds a named pipe, which would be read for ever", outcomes=MISSING)
    )
    os.mkfifo(pipe / "activations.py")
    if os.geteuid() == 0:
        device = _hand_in(declare(folder / "62n-device", [62], "holds a device file", outcomes=MISSING))
        os.mknod(device / "activations.py", 0o020644, os.makedev(1, 5))
    twice = _hand_in(
        declare(folder / "62o-hard-link", [9, 62], "holds a hard link to a file of somebody else", outcomes=MISSING)
    )
    (folder / "somebody-elses.py").write_text(CODE)
    os.link(folder / "somebody-elses.py", twice / "activations.py")
    both = _hand_in(
        declare(
            folder / "88a-notebook-and-files",
            [88],
            "holds a notebook and files, of which one is right",
            **refused("both"),
        )
    )
    (both / "activations.py").write_text(CODE)
    (both / "backprop.ipynb").write_bytes(notebooks.notebook([CODE]))
    copies = _hand_in(
        declare(
            folder / "88b-two-copies",
            [88],
            "holds the same file twice, of which one is right",
            **refused("2 different hand-ins"),
        )
    )
    for place in ("first", "second"):
        (copies / place).mkdir()
        (copies / place / "activations.py").write_text(CODE + f"# {place}\n")
    large = _hand_in(declare(folder / "62p-large-file", [62], "holds a file of a megabyte", outcomes=MISSING))
    (large / "activations.py").write_text(CODE + "#" * (1 << 20))


def _names(folder: Path) -> None:
    """Hand-ins whose names are the attack; each is placed in the class under that name."""
    composed, decomposed = (unicodedata.normalize(form, "student-\u00fc") for form in ("NFC", "NFD"))
    hostile = {
        "a-option": ("--out=gradekit-attack", "looks like an option", refused("rename")),
        "b-line-break": ("student\n::error::gradekit-attack", "has a line break in its name", refused("rename")),
        "c-escape": ("student\x1b[2J", "has a terminal sequence in its name", refused("rename")),
        "d-reversed": ("student\u202egpj.exe", "turns the direction of writing in its name", refused("rename")),
        "e-not-utf-8": (os.fsdecode(b"student-\xff"), "has a name that is no UTF-8", refused("rename")),
        "f-formula": ("=HYPERLINK('x')", "has a formula for a name", {"outcomes": LOST, "student": "=HYPERLINK('x')"}),
        "g-script": ("<img src=x onerror=alert(1)>", "has HTML for a name", {"outcomes": LOST}),
        "h-long": ("l" * 255, "has a name of 255 characters", {"outcomes": LOST}),
        "i-composed": (composed, "has the name of the next, composed otherwise", refused("more than one")),
        "j-decomposed": (decomposed, "has the name of the one before, composed otherwise", {**refused("more than one"), "student": composed}),
        "k-capital": ("TWIN", "has the name of the next, in other letters", refused("more than one")),
        "l-small": ("twin", "has the name of the one before, in other letters", refused("more than one")),
    }  # fmt: skip
    for name, (placed, does, expected) in hostile.items():
        given = {"student": _shown(placed), "placed": placed, **expected}
        inside = _hand_in(declare(folder / f"87{name}", [87], does, **given))
        (inside / "activations.py").write_text(CODE)


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode("ascii") for c in name)
