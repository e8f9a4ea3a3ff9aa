"""What the hand-out's checks know about the lab: `checks/settings.json`.

{"settings": {"rtol": 1e-09, ...},                       the `settings` fixture
 "files": {"layers.py": ["Linear"], ...},                file -> public names, given files included
 "parts": {"sigmoid": {"title": ..., "checks": [...]}}}  part -> its public checks, in order
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS_FILE = "settings.json"


@dataclass(frozen=True)
class PartChecks:
    """The title of a part, and the names of its public checks."""

    title: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Handout:
    """Settings, files and parts of a hand-out."""

    settings: Mapping[str, Any]
    files: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, PartChecks]

    @property
    def checks(self) -> tuple[str, ...]:
        """The public checks of all parts, in order."""
        return tuple(name for part in self.parts.values() for name in part.checks)

    def part_of(self, check: str) -> str:
        """Return the part that a check belongs to, "" where it belongs to none."""
        return next((name for name, part in self.parts.items() if check in part.checks), "")

    def to_json(self) -> str:
        """Return the text of `settings.json`."""
        parts = {name: {"title": part.title, "checks": list(part.checks)} for name, part in self.parts.items()}
        files = {file: list(names) for file, names in self.files.items()}
        return json.dumps({"settings": dict(self.settings), "files": files, "parts": parts}, indent=1) + "\n"


def read_handout(checks: Path) -> Handout:
    """Return what `settings.json` in the folder ``checks`` says."""
    content = json.loads((checks / SETTINGS_FILE).read_text(encoding="utf-8"))
    return Handout(
        settings=content["settings"],
        files={file: tuple(names) for file, names in content["files"].items()},
        parts={name: PartChecks(part["title"], tuple(part["checks"])) for name, part in content["parts"].items()},
    )
