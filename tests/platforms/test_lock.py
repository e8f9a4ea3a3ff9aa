"""The locked packages that grading needs, picked out of the kit's lock file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gradekit.errors import GradekitError
from gradekit.platforms.lock import GRADING, locked_for

LOCK = (Path(__file__).parents[2] / "requirements.lock").read_text(encoding="utf-8")
SMALL = """\
# made by a tool
a==1 ; python_full_version < '3.11' \\
    --hash=sha256:aa
    # via kit (pyproject.toml)
a==2 ; python_full_version >= '3.11' \\
    --hash=sha256:ab
    # via kit (pyproject.toml)
b==1 \\
    --hash=sha256:ba
    # via
    #   a
    #   unrelated
C_c==1 \\
    --hash=sha256:ca
    # via b
unrelated==1 \\
    --hash=sha256:da
    # via kit (pyproject.toml)
"""


def names(lock: str) -> set[str]:
    return set(re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE))


def test_what_a_root_needs_is_kept_with_its_hashes_and_the_rest_left_out() -> None:
    assert locked_for(["a"], SMALL) == SMALL.split("unrelated==")[0].removeprefix("# made by a tool\n")
    assert names(locked_for(["b"], SMALL)) == {"b", "C_c"}


def test_the_kits_own_lock_file_shrinks_to_what_grades_on_every_version_of_python() -> None:
    kept = locked_for(GRADING, LOCK)
    assert set(GRADING) <= names(kept) < names(LOCK)
    assert {"pluggy", "markupsafe", "exceptiongroup", "colorama"} <= names(kept)
    assert not {"jupyterlab", "nbgrader", "mypy", "ruff"} & names(kept)
    for entry in re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", kept, re.MULTILINE | re.DOTALL):
        assert entry in LOCK
        assert "--hash=sha256:" in entry


def test_a_lock_file_without_reasons_is_kept_whole_and_one_without_a_root_is_refused() -> None:
    plain = re.sub(r"^    #.*\n", "", SMALL, flags=re.MULTILINE)
    assert locked_for(["a"], plain) == plain
    with pytest.raises(GradekitError, match="numpy"):
        locked_for(["numpy"], SMALL)


def test_all_that_the_command_line_imports_is_among_the_kept_packages() -> None:
    code = (
        "import sys; from importlib.metadata import packages_distributions; before = set(sys.modules);"
        "import gradekit.cli.app, gradekit.running.process, gradekit.platforms.gradescope.run;"
        "known = packages_distributions();"
        "print(*{d for m in set(sys.modules) - before for d in known.get(m.split('.')[0], ())})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    imported = {re.sub(r"[-_.]+", "-", name).lower() for name in done.stdout.split()}
    assert "numpy" in imported
    assert imported - {"gradekit"} <= names(locked_for(GRADING, LOCK))
