"""Run a function of a test in a confined child and get its value back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PREAMBLE = """
import json, os, sys
from gradekit.confinement import LAYERS, Policy, prepare, worker_uid
MIB = 1 << 20

def confined(function, memory=256 * MIB, cpu=10, layers=frozenset(LAYERS), keep=(0, 1, 2)):
    '''Fork, confine, call; return ("value", what it returned) or ("error", type and text) or ("signal", number).'''
    prepared = prepare(Policy(memory, cpu, worker_uid(5), keep, frozenset(layers)))
    answers, answer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            prepared.apply(keep_fds=(*keep, answer))
            result = ("value", function())
        except BaseException as error:
            result = ("error", f"{type(error).__name__}: {error}")
        os.write(answer, json.dumps(result).encode())
        os._exit(0)
    os.close(answer)
    with open(answers, "rb") as file:
        data = file.read()
    status = os.waitpid(pid, 0)[1]
    prepared.close()
    return ("signal", os.WTERMSIG(status)) if os.WIFSIGNALED(status) else json.loads(data)
"""


def run_program(program: str, **environment: str) -> Any:
    """Run a program after the preamble, in a fresh isolated interpreter with one thread; return what it prints as JSON."""
    # measuring coverage imports modules and opens files of its own
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-W", "error", "-c", PREAMBLE + program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parent,
        env={**inherited, "OPENBLAS_NUM_THREADS": "1", **environment},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
