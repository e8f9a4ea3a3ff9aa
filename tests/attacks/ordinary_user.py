"""Run a program as an ordinary user although the tests run as root, also where only root can reach the interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

NOBODY = 65534

# In a mount namespace of its own, each closed folder on the way to the interpreter is covered by an open one that holds only the way.
WAY = """
set -e
hold=$(mktemp -d)
while [ "$1" != -- ]; do
    closed=$1 inside=$2
    shift 2
    mount --bind "$inside" "$hold"
    mount -t tmpfs -o mode=0755 tmpfs "$closed"
    mkdir -p "$inside"
    mount --move "$hold" "$inside"
done
shift
rmdir "$hold"
exec setpriv --reuid={user} --regid={user} --clear-groups --inh-caps=-all --bounding-set=-all "$@"
""".replace("{user}", str(NOBODY))


def run_as_ordinary_user(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` without any privilege; where the tests have none themselves, as they are."""
    full = list(command)
    if os.geteuid() == 0:
        covers = [word for closed, inside in _closed_ways() for word in (str(closed), str(inside))]
        full = ["unshare", "--mount", "--propagation", "private", "sh", "-c", WAY, "sh", *covers, "--", *full]
    return subprocess.run(
        full, cwd=cwd, env=dict(environment), capture_output=True, text=True, timeout=timeout, check=False
    )


def _closed_ways() -> list[tuple[Path, Path]]:
    """Return (folder that others may not enter, what must be reached in it) for the interpreter and its packages."""
    ways = []
    for needed in {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), Path(__file__).resolve().parents[2]}:
        closed = [folder for folder in reversed(needed.parents) if not folder.stat().st_mode & 0o001]
        if closed:
            ways.append((closed[0], needed))
    return ways
