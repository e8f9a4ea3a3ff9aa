"""The zygote: a clean interpreter with NumPy preloaded that forks one confined worker after another, and never runs a submission.

Started by `gradekit.boundary.client` as ``python -s -B -c START``; its arguments number the
socket on which it takes orders, a datagram each, and name further modules to preload:
``{"op": "fork", ...}`` with the worker's two descriptors attached, answered by ``{"pid": ...}``, and ``{"op": "reap", "pid": ...}``,
answered by what the kernel says of a worker that the grader has killed.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import socket
import sys
from typing import Any

START = "import sys; sys.path[:] = [entry for entry in sys.path if entry]; from gradekit.boundary.zygote import main; main()"
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve orders until the grader closes the control socket, then end every worker that is left."""
    _end_with_the_grader()
    _quiet_standard_streams()
    from gradekit.boundary import worker
    from gradekit.boundary.imports import preload

    preload(sys.argv[2:])
    worker.seed()
    control = socket.socket(fileno=int(sys.argv[1]))
    launcher = Launcher(control, worker.main)
    gc.collect()
    # keep the collector from writing to the pages that all workers share
    gc.freeze()
    launcher.serve()


class Launcher:
    """Forks, confines and reaps workers."""

    def __init__(self, control: socket.socket, run: Any) -> None:
        self._control = control
        self._run = run
        self._prepared: dict[str, Any] = {}
        self._alive: set[int] = set()

    def serve(self) -> None:
        """Answer orders until the control socket is closed."""
        self._control.send(b"{}")
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, 1 << 16, 2)
            if not data:
                break
            order = json.loads(data)
            fork = order["op"] == "fork"
            answer = self._fork(order["policy"], descriptors) if fork else self._reap(order["pid"])
            self._control.send(json.dumps(answer).encode())
        for pid in self._alive:
            _kill(pid)

    def _fork(self, policy: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        prepared = self._prepare(policy)
        pid = os.fork()
        if pid == 0:
            _become_worker(self._run, prepared, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._alive.add(pid)
        return {"pid": pid}

    def _prepare(self, policy: dict[str, Any]) -> Any:
        from gradekit.confinement import Policy, prepare

        key = json.dumps(policy, sort_keys=True)
        if key not in self._prepared:
            layers = frozenset(policy["layers"])
            self._prepared[key] = prepare(
                Policy(
                    memory_bytes=policy["memory_bytes"],
                    cpu_seconds=policy["cpu_seconds"],
                    uid=policy["uid"],
                    keep_fds=(),
                    layers=layers,
                )
            )
        return self._prepared[key]

    def _reap(self, pid: int) -> dict[str, Any]:
        if pid not in self._alive:
            return {"status": None, "cpu": 0.0}
        self._alive.discard(pid)
        _, status, usage = os.wait4(pid, 0)
        return {"status": status, "cpu": usage.ru_utime + usage.ru_stime}


def _become_worker(run: Any, prepared: Any, descriptors: list[int]) -> None:
    """In the fresh child: confine first, then serve. Never returns; an exit code of 70 says that confinement failed."""
    code = 70
    try:
        # before the filter: making the object asks the kernel what kind of socket it is
        connection = socket.socket(fileno=descriptors[0])
        prepared.apply(keep_fds=(0, 1, 2, *descriptors))
        code = 0
        run(connection, descriptors[1])
    except BaseException:
        # the reason is of no use to anyone but the exit code; a traceback printer would touch files
        code = code or 71
    finally:
        os._exit(code)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except OSError:
        return


def _end_with_the_grader() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _quiet_standard_streams() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115, PTH123
