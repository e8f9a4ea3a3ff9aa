"""From the lock file of the whole kit to the packages that grading needs: no notebook server, no development tools."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradekit.errors import GradekitError

GRADING = ("numpy", "pytest", "typer", "rich", "jinja2", "markdown-it-py", "pyyaml")
"""What `gradekit grade` and `gradekit report` import, and `gradekit collect`; the rest is for releasing, notebooks and pictures."""

_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==")
_PARENT = re.compile(r"^\s+#(?: via)?\s+(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?\s*$")


def locked_for(roots: Iterable[str], lock: str) -> str:
    """The entries of `lock` that `roots` need, directly or not, on any platform and any version of Python.

    Reads the comments by which uv and pip-compile name what an entry is there for (`# via`); a lock file without them is
    returned whole. Raises GradekitError for a root that is not locked.
    """
    entries = _entries(lock)
    if "# via" not in lock:
        return lock
    needed = set(roots)
    if missing := sorted(needed - {name for name, _ in entries}):
        raise GradekitError(
            f"the lock file has no {', '.join(missing)}, which grading needs: lock the kit's dependencies."
        )
    parents = [(name, set(_parents(text))) for name, text in entries]
    while more := {name for name, of in parents if name not in needed and of & needed}:
        needed |= more
    return "".join(text for name, text in entries if name in needed)


def _entries(lock: str) -> list[tuple[str, str]]:
    """Name and text of each entry; a package may have several, for different versions of Python."""
    entries: list[tuple[str, list[str]]] = []
    for line in lock.splitlines(keepends=True):
        if match := _ENTRY.match(line):
            entries.append((_normalized(match["name"]), [line]))
        elif entries:
            entries[-1][1].append(line)
    return [(name, "".join(lines)) for name, lines in entries]


def _parents(text: str) -> Iterable[str]:
    return (_normalized(match["name"]) for line in text.splitlines() if (match := _PARENT.match(line)))


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
