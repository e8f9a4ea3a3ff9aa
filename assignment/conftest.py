"""Activate the checks' own pytest plugin, which lies in checks/checkkit."""

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

sys.path.insert(0, str(Path(__file__).parent / "checks"))

pytest_plugins = ["checkkit.plugin"]
