"""The whole attack suite, as this user and as an ordinary one: nothing gained, nothing learnt, nobody disturbed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from ordinary_user import run_as_ordinary_user

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "gradekit.cli.app", "attacks", "--json", "--course", str(ROOT)]
ROWS = set(range(1, 90))


def expect_no_surprise(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    surprises = {attack["name"]: attack["surprises"] for attack in report["attacks"] if attack["surprises"]}
    assert (surprises, report["harm"]) == ({}, [])
    assert done.returncode == 0
    return report


def test_no_attack_gains_learns_or_disturbs_anything():
    done = subprocess.run(COMMAND, capture_output=True, text=True, timeout=600, check=False)
    report = expect_no_surprise(done)
    assert report["honest"] >= 3
    assert {row for attack in report["attacks"] for row in attack["rows"]} == ROWS


def test_nor_does_one_where_the_grader_is_an_ordinary_user(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home", numbered=True)
    for place in (folder, *folder.parents[:2]):
        if place.owner() == Path.home().owner():
            place.chmod(0o755)
    # on the small digits: the first test has seen the same attacks on MNIST
    # an ordinary user cannot write what coverage counts here, and has a home of its own
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "XDG_CACHE"))}
    environment = {**inherited, "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "GRADEKIT_MNIST": ""}
    done = run_as_ordinary_user(COMMAND, cwd=Path("/"), environment=environment, timeout=600)
    report = expect_no_surprise(done)
    assert len(report["attacks"]) > 100
