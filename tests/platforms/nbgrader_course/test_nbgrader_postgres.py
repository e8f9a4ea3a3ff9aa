"""The gradebook in PostgreSQL, named by a URL."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader_runs import FILLED, LAB, WRONG, NbgraderCourse, filled, make_lab
from system_tools import needed

from gradekit.platforms.nbgrader.source import lay_down

PLACES = "/usr/lib/postgresql/*/bin"


@pytest.fixture
def database() -> Iterator[str]:
    """The URL of an empty database of a server that listens on a socket in a folder of its own, and on no network."""
    initdb, control = (needed(program, "postgresql", PLACES) for program in ("initdb", "pg_ctl"))
    # the path of a socket may have 107 characters
    folder = Path(tempfile.mkdtemp(prefix="gradekit-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # a database server refuses to run as root
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    options = f"-c listen_addresses='' -k {folder}"

    def run(*command: str) -> None:
        log = folder / "log"
        with log.open("ab") as output:  # the server keeps what it inherits
            done = subprocess.run([*as_owner, *command], cwd="/", stdout=output, stderr=output, timeout=100)
        assert done.returncode == 0, log.read_text()

    try:
        run(initdb, "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8")
        run(control, "-D", str(data), "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            run(control, "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def test_scores_reach_a_gradebook_in_postgresql(database: str, tmp_path: Path):
    course = NbgraderCourse.make(tmp_path / "course", make_lab(tmp_path / "lab"))
    lay_down(course.lab, course.folder)
    course.nbgrader("generate_assignment", LAB, f"--db={database}")
    course.collected("student-001", filled(course.released(), FILLED))
    course.collected("student-002, “Ü” 測試", filled(course.released(), {**FILLED, "regression-gradient": WRONG}))
    course.gradekit("grade", "--nbgrader", course.folder, "--db", database)
    course.nbgrader("export", f"--db={database}", f"--to={tmp_path / 'grades.csv'}")
    assert not (course.folder / "gradebook.db").exists()
    with (tmp_path / "grades.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    # nbgrader's export does not quote: the comma in an id makes a column of its own
    assert [line[-2:] for line in lines] == [["score", "max_score"], ["10.0", "15.0"], ["4.0", "15.0"]]
    assert len(lines[2]) == len(lines[1]) + 1
