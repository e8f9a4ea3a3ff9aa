"""A root laid out as Gradescope's containers have it, in which its scripts run unchanged, at their absolute paths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

SCHEMA = Path(__file__).parent / "gradescope_results.schema.json"
# What a container has of its own; everything else is the machine's, read-only.
_OWN = {"autograder", "proc", "dev", "tmp", "sys", "lost+found"}


class GradescopeRoot:
    """The folder that is /autograder inside. `run` starts what Gradescope starts, as Gradescope does."""

    def __init__(self, folder: Path, package: Path) -> None:
        if shutil.which("bwrap") is None:
            assert not os.environ.get("CI"), "CI needs bubblewrap"
            pytest.skip("bubblewrap is not installed")
        self.folder = folder
        for name in ("source", "results", "submission"):
            (folder / name).mkdir(parents=True)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder / "source")
        shutil.copy(folder / "source" / "run_autograder", folder / "run_autograder")
        for script in (folder / "run_autograder", folder / "source" / "setup.sh"):
            script.chmod(0o755)

    def setup(self) -> subprocess.CompletedProcess[str]:
        """Build the image: run setup.sh once."""
        return self._inside("/autograder/source/setup.sh", timeout=600)

    def submit(self, files: dict[str, bytes], metadata: dict | None = None) -> subprocess.CompletedProcess[str]:
        """Put files into /autograder/submission in place of others, and start /autograder/run_autograder."""
        for name in ("submission", "results"):
            shutil.rmtree(self.folder / name)
            (self.folder / name).mkdir()
        for name, data in files.items():
            path = self.folder / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (self.folder / "submission_metadata.json").write_text(json.dumps(metadata or {}))
        return self._inside("/autograder/run_autograder", timeout=120)

    def results(self) -> dict:
        """What was written into /autograder/results/results.json."""
        return json.loads((self.folder / "results" / "results.json").read_text(encoding="utf-8"))

    def _inside(self, command: str, timeout: float) -> subprocess.CompletedProcess[str]:
        wall = ["bwrap", "--die-with-parent", "--unshare-pid", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108
        for entry in sorted(Path("/").iterdir()):
            if entry.is_symlink():
                wall += ["--symlink", str(entry.readlink()), str(entry)]
            elif entry.name not in _OWN:
                wall += ["--ro-bind", str(entry), str(entry)]
        wall += ["--bind", str(self.folder), "/autograder", "--chdir", "/autograder"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_"))}
        return subprocess.run(
            [*wall, command], capture_output=True, text=True, timeout=timeout, check=False, env=environment
        )
