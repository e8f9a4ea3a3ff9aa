"""One probe under way: a confined process that makes the attempt and reports through a pipe, as far as it gets."""

from __future__ import annotations

import os
import select
import signal
import time
from dataclasses import replace

from gradekit.confinement.apply import Prepared, prepare
from gradekit.confinement.probes import Probe
from gradekit.confinement.target import Target, fork, kill

TIMEOUT_SECONDS = 10.0
_ATTEMPTING, _SUCCEEDED, _STOPPED, _BROKEN, _UNCONFINED = b"A", b"S", b"B", b"X", b"U"
# what the kernel's refusals look like in Python: OSError, and what a few modules make of it
_REFUSALS = (OSError, MemoryError, RuntimeError, ValueError)


class Trial:
    """The attempt of one probe, begun when this is made; `outcome` waits for its end."""

    def __init__(self, probe: Probe, aim: Target, prepared: Prepared) -> None:
        """Start the process."""
        self._probe = probe
        self._deadline = time.monotonic() + TIMEOUT_SECONDS
        self._reports, report = os.pipe()
        run = _attempt_as_orphan if probe.orphaned else _attempt
        self._pid = fork(lambda: run(probe, aim, prepared, report))
        os.close(report)

    def outcome(self) -> tuple[bool, str]:
        """Return whether the attempt was stopped, and how; what could not be tried counts as not stopped."""
        report, ended = self._read()
        os.close(self._reports)
        if not ended:
            kill(self._pid)
            return False, f"did not end within {TIMEOUT_SECONDS:g} s"
        _, status = os.waitpid(self._pid, 0)
        stage, text = report[:1], report[1:].decode("utf-8", "replace")
        if stage == _ATTEMPTING and text:
            return text[0] == _STOPPED.decode(), text[1:]
        if stage == _ATTEMPTING and self._probe.replaces_process and status == 0:
            return False, "the program ran"
        if stage == _ATTEMPTING:
            return True, "killed with its parent" if self._probe.orphaned else _ending(status)
        return False, f"could not be tried: {text or _ending(status)}"

    def _read(self) -> tuple[bytes, bool]:
        report = b""
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0 or not select.select([self._reports], [], [], left)[0]:
                return report, False
            data = os.read(self._reports, 4096)
            if not data:
                return report, True
            report += data


def _attempt(probe: Probe, aim: Target, prepared: Prepared, report: int, *kept: int) -> None:
    try:
        prepared.apply(keep_fds=(report, *kept, *probe.keeps(aim)))
    except OSError as error:
        os.write(report, _UNCONFINED + str(error.strerror).encode())
        return
    os.write(report, _ATTEMPTING)
    for descriptor in kept:
        os.write(descriptor, b"+")
    try:
        probe.attempt(aim)
    except _REFUSALS as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        os.write(report, _STOPPED + f"{type(error).__name__}: {reason}".encode())
    except BaseException as error:
        # a mistake in the attempt must never pass for a wall
        os.write(report, _BROKEN + f"could not be tried: {type(error).__name__}: {error}".encode())
    else:
        os.write(report, _SUCCEEDED + b"not stopped")


def _attempt_as_orphan(probe: Probe, aim: Target, prepared: Prepared, report: int) -> None:
    """Be the worker's parent, and end as soon as the worker is confined."""
    own = prepare(prepared.policy)
    confined, confirm = os.pipe()
    orphaning = replace(aim, parent=os.getpid())
    fork(lambda: _attempt(probe, orphaning, own, report, confirm))
    os.close(confirm)
    os.read(confined, 1)


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with exit code {os.WEXITSTATUS(status)}"
