#!/usr/bin/env python3
"""Classroom 50's runner starts this in a checkout of the hand-in, with its own environment variables set.

Writes `result.json`, and the feedback page as `release-body.md`. The folder of this file holds the whole kit.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

bundle = Path(os.environ["CLASSROOM50_BUNDLE_DIR"])

with TemporaryDirectory(prefix="gradekit-", dir=os.environ.get("RUNNER_TEMP")) as scratch:
    environment, grades = Path(scratch) / "environment", Path(scratch) / "grades"
    installed = {**os.environ, "PYTHON": sys.executable}
    subprocess.run(["bash", str(bundle / "install.sh"), str(environment)], check=True, env=installed)
    gradekit = [str(environment / "bin" / "python"), "-I", "-m", "gradekit.cli.app"]
    course = ["--course", str(bundle / "course")]
    student = ["--student", os.environ["OWNER"]]
    subprocess.run([*gradekit, "grade", ".", *student, *course, "--out", str(grades), "--format", "none"], check=True)
    report = [*gradekit, "report", str(grades), *course, "--format"]
    with Path("result.json").open("wb") as file:
        subprocess.run([*report, "classroom50"], check=True, stdout=file)
    subprocess.run([*report, "table"], check=True)
    (page,) = (grades / "feedback").glob("*.md")
    Path("release-body.md").write_bytes(page.read_bytes())
