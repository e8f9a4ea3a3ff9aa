"""The untrusted side: serves the grader's requests on a submission, inside a freshly forked, confined process.

Nothing that this process says about itself counts. The code here is correct for an honest submission; a hostile one may replace any of it
and can still only send values, or break the protocol and fail its check.
"""

from __future__ import annotations

import gc
import json
import os
import random
import socket
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from gradekit.boundary.frames import FAULT, REPLY, receive_frame, send_frame
from gradekit.boundary.imports import import_hook
from gradekit.boundary.values import Blobs, Decoder, HandleNode, WireError, encode
from gradekit.modules import SourceModules, UnusableFile

OUTPUT_BYTES = 4096
REQUEST_JSON = 64 << 20
REQUEST_BLOB = 1 << 32
SEED = 2026
_TEXT = 500


class HeadWriter:
    """A text stream that passes on the first bytes and forgets the rest, so that endless printing neither blocks nor fills anything."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._left = OUTPUT_BYTES

    def write(self, text: str) -> int:
        """Write ``text`` as far as there is room left."""
        if self._left > 0:
            data = text[: self._left].encode("utf-8", "replace")[: self._left]
            self._left -= len(data)
            try:
                os.write(self._descriptor, data)
            except OSError:
                self._left = 0
        return len(text)

    def flush(self) -> None:
        """Nothing is buffered."""

    def isatty(self) -> bool:
        """Never a terminal."""
        return False

    def writable(self) -> bool:
        """Always."""
        return True


class Worker:
    """Serve one submission: objects stay here behind handles, plain values and numeric arrays go out as copies."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._objects: dict[int, Any] = {}
        self._next = 0
        self._max_handles = 0
        self._modules: SourceModules | None = None
        self._names: dict[str, str] = {}
        self._operations: dict[str, Callable[..., Any]] = {
            "load": self._load,
            "name": self._name,
            "call": self._call,
            "watch": self._watch,
            "keep": self._keep,
            "get": self._get,
            "set": self._set,
            "put": self._put,
            "read": self._read,
        }

    def serve(self) -> None:
        """Answer requests until the connection ends."""
        while True:
            frame = receive_frame(self._socket, REQUEST_JSON, REQUEST_BLOB, None)
            decoder = Decoder(frame.blob, self._object)
            message = frame.message
            for number in message.get("drop", ()):
                self._objects.pop(number, None)
            try:
                arguments = [decoder.decode(node) for node in message["a"]]
                keywords = {key: decoder.decode(node) for key, node in message.get("k", {}).items()}
                del frame, decoder
                self._answer(message["id"], self._operations[message["op"]](*arguments, **keywords))
            except BaseException as error:
                send_frame(self._socket, FAULT, message["id"], self._describe(error), [], None)

    def _answer(self, request: int, result: Any) -> None:
        blobs: Blobs = []
        node = encode(result, blobs, self._handle)
        send_frame(self._socket, REPLY, request, {"v": node}, blobs, None)

    def _object(self, node: HandleNode) -> Any:
        return self._objects[node.number]

    def _handle(self, value: object) -> dict[str, Any]:
        if len(self._objects) >= self._max_handles:
            raise WireError("too many objects are held")
        if type(value) is Reference:
            value = value.value
        self._next += 1
        self._objects[self._next] = value
        name = type(value).__name__
        if isinstance(value, np.ndarray):
            name = f"array of {value.dtype}"
        return {"h": self._next, "c": callable(value), "n": str(name)[:60]}

    def _load(self, packed: Any, handles: int) -> None:
        handin = json.loads(packed.tobytes())
        self._max_handles = handles
        self._names = handin["names"]
        self._modules = SourceModules(
            handin["files"],
            unusable=handin["unusable"],
            cells=handin["cells"],
            cell_names=handin["cell_names"],
            cell_wanted=list(self._names),
            import_hook=import_hook,
        )

    def _name(self, name: str) -> Any:
        if self._modules is None:
            raise WireError("nothing is loaded")
        module = self._modules.load(self._names[name])
        try:
            return Reference(getattr(module, name))
        except AttributeError:
            raise MissingName(name, self._names[name]) from module.__dict__.get("__first_error__")

    def _call(self, target: Any, method: str | None, /, *args: Any, **kwargs: Any) -> Any:
        return (target if method is None else getattr(target, method))(*args, **kwargs)

    def _keep(self, target: Any, method: str | None, /, *args: Any, **kwargs: Any) -> Any:
        return Reference(self._call(target, method, *args, **kwargs))

    def _watch(self, target: Any, method: str | None, /, *args: Any, **kwargs: Any) -> Any:
        with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
            warnings.simplefilter("always")
            result = self._call(target, method, *args, **kwargs)
        texts = [str(warning.message)[:200] for warning in caught if issubclass(warning.category, RuntimeWarning)]
        return (result, tuple(texts[:20]))

    def _get(self, target: Any, name: str) -> Any:
        value = getattr(target, name)
        return Reference(value) if callable(value) else value

    def _set(self, target: Any, name: str, value: Any) -> None:
        setattr(target, name, value)

    def _put(self, value: Any) -> Any:
        return Reference(value)

    def _read(self, value: Any) -> Any:
        return value

    def _describe(self, error: BaseException) -> dict[str, Any]:
        """Describe an exception as text: its type, message, and the submission's own lines that led to it."""
        kind = "raised"
        if isinstance(error, MissingName):
            cause = error.__cause__
            kind, error = ("missing", error) if cause is None else ("load", cause)
        elif isinstance(error, UnusableFile):
            kind = "unusable"
        elif isinstance(error, SyntaxError):
            kind = "load"
        elif isinstance(error, WireError):
            kind = "wire"
        lines = []
        for entry in traceback.extract_tb(error.__traceback__, limit=-200) if error.__traceback__ else []:
            own = entry.filename.endswith(".py") and "/" not in entry.filename
            if own or entry.filename.startswith("cell "):
                lines.append(
                    f"{entry.filename}, line {entry.lineno}, in {entry.name}: {self._line(entry.filename, entry.lineno)}"
                )
        if isinstance(error, SyntaxError) and error.filename:
            lines.append(f"{error.filename}, line {error.lineno}: {(error.text or '').strip()}")
        names = [kind.__name__ for kind in type(error).__mro__][:8]
        text = str(error.msg if isinstance(error, SyntaxError) else error)
        return {
            "kind": kind,
            "types": [name[:60] for name in names],
            "text": text[:_TEXT],
            "where": [line[:200] for line in lines[-4:]],
        }

    def _line(self, file: str, number: int | None) -> str:
        if self._modules is None or number is None:
            return ""
        return self._modules.source_line(file, number).strip()


class MissingName(Exception):
    """The submission does not define a name of the lab's interface."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(f"{name} is not defined in {module}.py")


class Reference:
    """Marks a result that shall stay here, whatever it is."""

    def __init__(self, value: object) -> None:
        self.value = value


def seed() -> None:
    """Seed NumPy's own generator, once for all workers that are forked from this process."""
    np.random.seed(SEED)


def main(sock: socket.socket, output: int) -> None:
    """Run the worker on an inherited socket; returns only when the connection ends."""
    sys.stdout = sys.stderr = HeadWriter(output)
    sys.stdin = None
    # the collector's passes over what a short life makes would copy pages; what really grows is still collected
    gc.set_threshold(50_000)
    # a submission that forgets to seed shall still give one record; NumPy's generator was seeded in the zygote
    random.seed(SEED)  # seeds itself anew in every fork
    Worker(sock).serve()
