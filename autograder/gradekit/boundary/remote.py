"""The `lab` of a check when the submission lives in a worker: calls, attributes and objects behind proxies."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

import numpy as np

from gradekit.boundary.client import Connection, WorkerPolicy, Zygote
from gradekit.boundary.faults import (
    ImportFault,
    MemoryFault,
    MissingFault,
    NotImplementedFault,
    ProtocolFault,
    RaisedFault,
    SubmissionFault,
    SyntaxFault,
    TimeoutFault,
    WorkerGone,
)
from gradekit.boundary.frames import DeadlineExceeded, PeerClosed
from gradekit.boundary.values import MAX_NODES, Blobs, Decoder, HandleNode, WireError, encode

_OUT_OF_CPU = 0.9
# The kernel holds the limit against ticks, and reports time; on a busy virtual machine the two differ by a quarter.
_KILLED_FOR_CPU = (signal.SIGKILL, signal.SIGXCPU)
_KILLED_AT = 0.5
OUTPUT_BYTES = 4096


@dataclass(frozen=True)
class Handin:
    """A submission as the worker is given it: source texts, files that cannot be used, notebook cells, and where names are defined."""

    files: Mapping[str, str]
    unusable: Mapping[str, str] = field(default_factory=dict)
    cells: Sequence[str] = ()
    cell_names: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def as_plain(self) -> dict[str, Any]:
        """Return the submission as JSON-able data."""
        return {
            "files": dict(self.files),
            "unusable": dict(self.unusable),
            "cells": list(self.cells),
            "cell_names": list(self.cell_names),
            "names": dict(self.names),
        }

    @cached_property
    def packed(self) -> np.ndarray[Any, np.dtype[np.uint8]]:
        """The same as the bytes of a JSON text, made once for all the workers that get it."""
        return np.frombuffer(json.dumps(self.as_plain()).encode(), np.uint8)


@dataclass(frozen=True)
class CallLimits:
    """Wall-clock seconds per call and per check, bytes per answer, objects held at once."""

    call_seconds: float
    check_seconds: float
    load_seconds: float
    reply_bytes: int
    handles: int


class RemoteLab:
    """The public names of a submission that runs in a worker of its own; see `docs/architecture.md` for the interface."""

    def __init__(
        self, zygote: Zygote, handin: Handin, policy: WorkerPolicy, limits: CallLimits, deadline: float
    ) -> None:
        self._zygote = zygote
        self._handin = handin
        self._policy = policy
        self._limits = limits
        self._deadline = min(deadline, time.monotonic() + limits.check_seconds)
        self._connection: Connection | None = None
        self._gone: WorkerGone | None = None
        self._dropped: list[int] = []
        self._bound: dict[str, Any] = {}
        self._printed = ""
        self._successor: RemoteLab | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._handin.names:
            raise AttributeError(f"the lab's interface has no name {name!r}")
        if name not in self._bound:
            self._bound[name] = self._request("name", (name,), label=name, extra_seconds=self._limits.load_seconds)
        return self._bound[name]

    def put(self, value: Any) -> Any:
        """Place a copy of ``value`` in the worker and return the handle."""
        return self._request("put", (value,), label="put")

    def get(self, handle: Any) -> Any:
        """Return a copy of what ``handle`` holds now, or a list of copies for a list of handles."""
        if type(handle) is list and any(isinstance(item, Proxy) for item in handle):
            values = self._request("read", (handle,), label="get")
            if type(values) is not list or len(values) != len(handle):
                self._lose(ProtocolFault, "get", "an answer of another form")
            return values
        return self._request("read", (handle,), label="get") if isinstance(handle, Proxy) else handle

    def keep(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call ``function`` and leave the result in the worker, behind a handle."""
        target, method, label = _target(function)
        return self._request("keep", (target, method, *args), kwargs, label=label)

    def watch(self, function: Any, *args: Any, **kwargs: Any) -> tuple[Any, tuple[str, ...]]:
        """Call ``function`` and return its result with the texts of the RuntimeWarnings that it emitted."""
        target, method, label = _target(function)
        result = self._request("watch", (target, method, *args), kwargs, label=label)
        if type(result) is not tuple or len(result) != 2 or type(result[1]) is not tuple:
            self._lose(ProtocolFault, label, "an answer of another form")
        return result[0], tuple(text for text in result[1] if type(text) is str)

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the worker has used so far, as the kernel counts them."""
        return 0.0 if self._connection is None else self._connection.cpu_seconds()

    def renewed(self) -> RemoteLab:
        """Kill the worker, and return the same submission in a new one, for what is left of the check's time."""
        self._printed += self._close_own()
        self._successor = RemoteLab(self._zygote, self._handin, self._policy, self._limits, self._deadline)
        return self._successor

    def close(self) -> str:
        """Kill the workers and return what they printed (at most 4 KB)."""
        later = "" if self._successor is None else self._successor.close()
        return (self._printed + self._close_own() + later)[:OUTPUT_BYTES]

    def _close_own(self) -> str:
        if self._connection is None:
            return ""
        connection, self._connection = self._connection, None
        self._gone = self._gone or WorkerGone("crashed", called="", got="the worker was closed", expected="")
        connection.end()
        return connection.take_output(OUTPUT_BYTES)

    def _request(
        self,
        operation: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any] | None = None,
        *,
        label: str,
        extra_seconds: float = 0.0,
    ) -> Any:
        if self._gone is not None:
            raise self._gone
        if self._connection is None:
            self._start()
        assert self._connection is not None
        blobs: Blobs = []
        message: dict[str, Any] = {"op": operation, "a": [encode(value, blobs, self._own_handle) for value in args]}
        if kwargs:
            message["k"] = {key: encode(value, blobs, self._own_handle) for key, value in kwargs.items()}
        if self._dropped:
            message["drop"], self._dropped = self._dropped[:MAX_NODES], self._dropped[MAX_NODES:]
        deadline = min(self._deadline, time.monotonic() + self._limits.call_seconds + extra_seconds)
        try:
            is_value, answer, blob = self._connection.exchange(message, blobs, deadline)
            if is_value:
                decoder = Decoder(blob, lambda node: Proxy(self, node, label))
                value = decoder.decode(answer.get("v"))
                decoder.finish()
                return value
        except DeadlineExceeded:
            self._lose(TimeoutFault, label, "no answer within the time limit")
        except PeerClosed:
            self._lose_to_death(label)
        except WireError as error:
            self._lose(ProtocolFault, label, f"an answer that breaks the protocol ({error})")
        return self._raise_fault(answer, label)

    def _start(self) -> None:
        self._connection = Connection(self._zygote, self._policy, self._limits.reply_bytes)
        self._request("load", (self._handin.packed, self._limits.handles), label="load")

    def _own_handle(self, value: object) -> dict[str, Any]:
        if isinstance(value, Proxy) and value._lab is self:
            return {"h": value._number, "c": False, "n": ""}
        raise TypeError(
            f"a check handed a {type(value).__name__} to the submission: only plain values, arrays and its own objects can cross"
        )

    def _lose(self, kind: type[WorkerGone], label: str, got: str) -> NoReturn:
        """End the worker and raise the fault, now and at every later use."""
        assert self._connection is not None
        ending = self._connection.end()
        if kind is not TimeoutFault and ending.cpu_seconds >= self._policy.cpu_seconds * _OUT_OF_CPU:
            kind, got = TimeoutFault, "no answer within the CPU time limit"
        self._gone = kind(kind.status, called=label, got=got, expected="an answer")
        raise self._gone

    def _lose_to_death(self, label: str) -> NoReturn:
        assert self._connection is not None
        ending = self._connection.end()
        if ending.exit_code == 70:
            raise RuntimeError("the worker could not be confined, so the submission was not run")
        if ending.signal in _KILLED_FOR_CPU and ending.cpu_seconds >= self._policy.cpu_seconds * _KILLED_AT:
            self._lose(TimeoutFault, label, "no answer within the CPU time limit")
        how = f"signal {ending.signal}" if ending.signal else f"exit code {ending.exit_code}"
        self._lose(WorkerGone, label, f"the process of the submission ended ({how})")

    def _raise_fault(self, answer: dict[str, Any], label: str) -> NoReturn:
        """Raise what the worker describes as an exception of the submission; all of it is text that is shown, never trusted."""
        kind, text = str(answer.get("kind")), str(answer.get("text"))[:500]
        types = [str(name)[:60] for name in answer.get("types", ()) if type(name) is str] or ["Exception"]
        where = "\n".join(str(line)[:200] for line in answer.get("where", ()) if type(line) is str)
        got = f"{types[0]}: {text}" + (f"\n{where}" if where else "")
        fault: type[SubmissionFault] = RaisedFault
        if kind in ("missing", "unusable"):
            fault, got = MissingFault, text
        elif kind == "wire":
            self._lose(ProtocolFault, label, text)
        elif "NotImplementedError" in types:
            fault = NotImplementedFault
        elif "SyntaxError" in types:
            fault = SyntaxFault
        elif "ModuleNotFoundError" in types and "no file named" in text:
            fault, got = MissingFault, text
        elif "ImportError" in types:
            fault = ImportFault
        elif "MemoryError" in types:
            self._lose(MemoryFault, label, "MemoryError: more memory than a submission may use")
        raise fault(fault.status, called=label, got=got, expected="a value", actual=(types[0],))


class Proxy:
    """An object of the submission that stays in the worker: attributes and calls cross the boundary, values come back as copies."""

    __slots__ = ("_bound", "_callable", "_lab", "_label", "_number", "_type_name")

    def __init__(self, lab: RemoteLab, node: HandleNode, label: str) -> None:
        object.__setattr__(self, "_lab", lab)
        object.__setattr__(self, "_number", node.number)
        object.__setattr__(self, "_callable", node.callable)
        object.__setattr__(self, "_type_name", node.type_name)
        object.__setattr__(self, "_label", label)
        object.__setattr__(self, "_bound", {})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._lab._request("call", (self, None, *args), kwargs, label=self._label)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        method = self._bound.get(name)
        if method is not None:
            return method
        value = self._lab._request("get", (self, name), label=f"{self._label}.{name}")
        if isinstance(value, Proxy) and value._callable:
            method = self._bound[name] = Method(self, name)
            return method
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._lab._request("set", (self, name, value), label=f"{self._label}.{name}")

    def __repr__(self) -> str:
        safe = "".join(letter if letter.isalnum() or letter in " _." else "?" for letter in self._type_name)
        return f"<{safe} object>"

    def __del__(self) -> None:
        self._lab._dropped.append(self._number)


class Method:
    """A method of a proxy: calling it is one crossing."""

    __slots__ = ("_name", "_owner")

    def __init__(self, owner: Proxy, name: str) -> None:
        self._owner = owner
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        owner = self._owner
        return owner._lab._request("call", (owner, self._name, *args), kwargs, label=f"{owner._label}.{self._name}")


def _target(function: Any) -> tuple[Proxy, str | None, str]:
    if isinstance(function, Method):
        return function._owner, function._name, f"{function._owner._label}.{function._name}"
    if isinstance(function, Proxy):
        return function, None, function._label
    raise TypeError("only functions, classes and methods of the submission can be called in its worker")
