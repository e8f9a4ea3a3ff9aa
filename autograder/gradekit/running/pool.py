"""The main process's side of a class: independent grader processes, each fed one submission at a time; a dead one loses only that one."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO

from gradekit.errors import GradekitError
from gradekit.records import Outcome
from gradekit.running.job import GraderSettings, Job, outcome_from_plain

_TRIES = 2
_READ = 1 << 20
_END_SECONDS = 10.0


@dataclass
class _Grader:
    """One grader process and what it is working on."""

    settings: GraderSettings
    process: subprocess.Popen[bytes]
    job: Job | None = None
    buffer: bytearray = field(default_factory=bytearray)


class Pool:
    """Grade jobs on several grader processes.

    Parameters
    ----------
    settings : one entry a process; each names its slot.
    on_result : called in this process with every finished job and its outcomes, in order of finishing.
    on_lost : called with a job whose grader process died ``_TRIES`` times while working on it.
    """

    def __init__(
        self,
        settings: Sequence[GraderSettings],
        on_result: Callable[[Job, list[Outcome]], None],
        on_lost: Callable[[Job], None],
    ) -> None:
        self._settings = settings
        self._on_result = on_result
        self._on_lost = on_lost
        self._selector = selectors.DefaultSelector()
        self._graders: list[_Grader] = []
        self._tries: dict[int, int] = {}

    def run(self, jobs: Sequence[Job]) -> None:
        """Grade all ``jobs``; on any exception, Ctrl-C included, every process that was started is ended."""
        waiting = deque(jobs)
        try:
            for settings in self._settings[: len(waiting)]:
                self._start(settings, waiting)
            while any(grader.job is not None for grader in self._graders):
                for key, _ in self._selector.select():
                    self._read(key.data, waiting)
            for grader in self._graders:
                _finish(grader.process)
        finally:
            for grader in self._graders:
                grader.process.kill()
                grader.process.wait()
                for stream in (grader.process.stdin, grader.process.stdout):
                    _close(stream)
            self._selector.close()

    def _start(self, settings: GraderSettings, waiting: deque[Job]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "gradekit.running.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        grader = _Grader(settings, process)
        self._graders.append(grader)
        assert process.stdout is not None
        self._selector.register(process.stdout, selectors.EVENT_READ, grader)
        self._send(grader, settings.to_line())
        self._next(grader, waiting)

    def _next(self, grader: _Grader, waiting: deque[Job]) -> None:
        grader.job = waiting.popleft() if waiting else None
        if grader.job is not None:
            self._send(grader, grader.job.to_line())

    def _send(self, grader: _Grader, line: bytes) -> None:
        assert grader.process.stdin is not None
        try:
            grader.process.stdin.write(line)
            grader.process.stdin.flush()
        except BrokenPipeError:
            # its end of file follows on standard output, and is dealt with there
            return

    def _read(self, grader: _Grader, waiting: deque[Job]) -> None:
        stream = grader.process.stdout
        assert stream is not None
        data = stream.read1(_READ)  # type: ignore[attr-defined]
        if not data:
            self._replace(grader, waiting)
            return
        grader.buffer += data
        while (end := grader.buffer.find(b"\n")) >= 0:
            line = bytes(grader.buffer[:end])
            del grader.buffer[: end + 1]
            self._take(grader, json.loads(line), waiting)

    def _take(self, grader: _Grader, answer: dict[str, object], waiting: deque[Job]) -> None:
        if "error" in answer:
            raise GradekitError(str(answer["error"]))
        job = grader.job
        if job is None or answer["number"] != job.number:
            raise GradekitError("a grader process answered for a submission that it was not given")
        outcomes = answer["outcomes"]
        assert isinstance(outcomes, list)
        self._on_result(job, [outcome_from_plain(data) for data in outcomes])
        self._next(grader, waiting)

    def _replace(self, grader: _Grader, waiting: deque[Job]) -> None:
        """A grader process died: give its submission to a new one, unless that has been tried."""
        assert grader.process.stdout is not None
        self._selector.unregister(grader.process.stdout)
        job, grader.job = grader.job, None
        if job is not None:
            self._tries[job.number] = self._tries.get(job.number, 0) + 1
            if self._tries[job.number] < _TRIES:
                waiting.appendleft(job)
            else:
                self._on_lost(job)
        if waiting:
            self._start(grader.settings, waiting)


def _finish(process: subprocess.Popen[bytes]) -> None:
    """Tell a grader process that there is no more to do, and give it the time to end by itself."""
    _close(process.stdin)
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        return


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except BrokenPipeError:
        return
