"""Classroom 50: its entry point run unchanged, as its runner does, in a checkout of a hand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
from workflow_runs import LAB, WRONG_GRADIENT, gradekit


def test_the_entry_point_installs_the_kit_and_writes_what_the_runner_reads(tmp_path: Path) -> None:
    bundle, checkout, runner = tmp_path / "bundle", tmp_path / "checkout", tmp_path / "runner"
    packaged = gradekit("package", "classroom50", "--out", bundle, cwd=LAB)
    assert packaged.returncode == 0, packaged.stderr
    for folder in (checkout, runner):
        folder.mkdir()
    (checkout / "regression.py").write_text(WRONG_GRADIENT)
    environment = {
        "CLASSROOM50_BUNDLE_DIR": str(bundle),
        "RUNNER_TEMP": str(runner),
        "CLASSROOM": "cs101",
        "ASSIGNMENT": "regression",
        "OWNER": "student-001",
        "SUBMISSION_TAG": "submit/20261201T120000Z-abcdef0",
        "COMMIT_URL": "https://example.com/commit/abcdef0",
        "RELEASE_URL": "https://example.com/release",
    }
    done = subprocess.run(
        [sys.executable, bundle / "autograder.py"],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((checkout / "result.json").read_text())
    jsonschema.validate(result, json.loads((Path(__file__).parent / "classroom50_result.schema.json").read_text()))
    assert (result["owner"], result["score"], result["max-score"]) == ("student-001", 4, 10)
    assert [(test["test-name"], test["passed"]) for test in result["tests"]] == [
        ("Prediction", True),
        ("Gradient", False),
    ]
    assert "**Total: 4 of 10 points**" in (checkout / "release-body.md").read_text()
    assert not list(runner.iterdir())
