"""The grader's side of the process boundary: start a zygote, get workers from it, exchange frames, kill and account."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from gradekit.boundary.frames import FAULT, REPLY, REQUEST, receive_frame, send_frame
from gradekit.boundary.values import MAX_JSON, Blobs, WireError
from gradekit.boundary.zygote import START
from gradekit.errors import GradekitError

_START_SECONDS = 60.0
_ORDER_SECONDS = 30.0


@dataclass(frozen=True)
class WorkerPolicy:
    """What a worker is held to: bytes, CPU seconds, the user id it runs as (None: unchanged), confinement layers by name."""

    memory_bytes: int
    cpu_seconds: int
    uid: int | None
    layers: tuple[str, ...]

    def as_order(self) -> dict[str, Any]:
        """Return the policy as the zygote takes it."""
        return {
            "memory_bytes": self.memory_bytes,
            "cpu_seconds": self.cpu_seconds,
            "uid": self.uid,
            "layers": list(self.layers),
        }


@dataclass(frozen=True)
class Ending:
    """What the kernel says of a dead worker: the signal that ended it (0: none), its exit code, CPU seconds used."""

    signal: int
    exit_code: int
    cpu_seconds: float


class Zygote:
    """A running zygote process; a context manager that leaves no process behind.

    ``preload`` names modules that submissions may import besides NumPy and the standard library.
    """

    def __init__(self, preload: Sequence[str] = ()) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "VECLIB_MAXIMUM_THREADS": "1",
        }
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-B", "-c", START, str(theirs.fileno()), *preload],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._control.settimeout(_START_SECONDS)
        try:
            started = self._control.recv(16)
        except OSError:
            started = b""
        if not started:
            self._process.kill()
            _, errors = self._process.communicate()
            raise GradekitError(f"the zygote did not start: {errors.decode(errors='replace').strip()[-500:]}")
        self._control.settimeout(_ORDER_SECONDS)

    def fork(self, policy: WorkerPolicy) -> tuple[int, socket.socket, int]:
        """Return (process id, connected socket, descriptor to read the worker's output from) of a new worker."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        output, output_end = os.pipe()
        os.set_blocking(output, False)
        order = json.dumps({"op": "fork", "policy": policy.as_order()}).encode()
        try:
            socket.send_fds(self._control, [order], [theirs.fileno(), output_end])
            answer = json.loads(self._control.recv(1 << 16))
        except (OSError, ValueError) as error:
            ours.close()
            os.close(output)
            raise GradekitError("the zygote is gone") from error
        finally:
            theirs.close()
            os.close(output_end)
        return answer["pid"], ours, output

    def reap(self, pid: int) -> Ending:
        """Wait for a worker that was killed or has ended, and return how it ended."""
        try:
            self._control.send(json.dumps({"op": "reap", "pid": pid}).encode())
            answer = json.loads(self._control.recv(1 << 16))
        except (OSError, ValueError) as error:
            raise GradekitError("the zygote is gone") from error
        status = answer["status"] or 0
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
        return Ending(ended_by, code, answer["cpu"])

    def close(self) -> None:
        """End the zygote and all its workers."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def __enter__(self) -> Zygote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Connection:
    """One worker: requests with deadlines, its CPU time, its printed output, and its end."""

    def __init__(self, zygote: Zygote, policy: WorkerPolicy, reply_bytes: int) -> None:
        self._zygote = zygote
        self._reply_bytes = reply_bytes
        self.pid, self._socket, self._output = zygote.fork(policy)
        self._ending: Ending | None = None
        # clockid of another process's CPU clock: see clock_getcpuclockid(3)
        self._clock = (~self.pid << 3) | 2

    def exchange(
        self, message: dict[str, Any], blobs: Blobs, deadline: float
    ) -> tuple[bool, dict[str, Any], bytearray]:
        """Send a request and return (is a value, message, array bytes); raises DeadlineExceeded, PeerClosed, WireError."""
        request = int.from_bytes(os.urandom(8), "little") >> 1
        send_frame(self._socket, REQUEST, request, {**message, "id": request}, blobs, deadline)
        frame = receive_frame(self._socket, MAX_JSON, self._reply_bytes, deadline)
        if frame.request != request or frame.type not in (REPLY, FAULT):
            raise WireError("the answer belongs to no request")
        return frame.type == REPLY, frame.message, frame.blob

    def cpu_seconds(self) -> float:
        """Return the CPU time that the worker has used, read from the kernel."""
        if self._ending is not None:
            return self._ending.cpu_seconds
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def end(self) -> Ending:
        """Kill the worker's whole session and return how it ended; safe to call twice."""
        if self._ending is None:
            for kill in (os.killpg, os.kill):
                try:
                    kill(self.pid, signal.SIGKILL)
                except OSError:
                    continue
            self._socket.close()
            self._ending = self._zygote.reap(self.pid)
        return self._ending

    def take_output(self, limit: int) -> str:
        """Return what the worker printed, at most ``limit`` bytes, and close the pipe."""
        try:
            printed = os.read(self._output, limit)
        except OSError:
            printed = b""
        finally:
            os.close(self._output)
        return printed.decode("utf-8", "replace")
