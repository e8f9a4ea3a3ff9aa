"""The worker's own code, served in a thread of this process: what each request answers, and how failures are described."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from gradekit.boundary import imports
from gradekit.boundary.frames import FAULT, REPLY, REQUEST, PeerClosed, receive_frame, send_frame
from gradekit.boundary.remote import Handin
from gradekit.boundary.values import Decoder, HandleNode, encode
from gradekit.boundary.worker import OUTPUT_BYTES, HeadWriter, Worker

CODE = """
import numpy as np
import warnings
class Layer:
    scale = 2.0
    def forward(self, x): return self.scale * x
def divide(x): return x / 0
def warn(x):
    warnings.warn("careful", RuntimeWarning)
    return x
def hard(x): raise KeyboardInterrupt
def odd(x): return {1, 2}
"""


class Client:
    """The grader's end, reduced to the bones."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> tuple[int, Any]:
        blobs: list[Any] = []
        message: dict[str, Any] = {"op": operation, "id": 7, "a": [encode(value, blobs, self._own) for value in args]}
        message["k"] = {key: encode(value, blobs, self._own) for key, value in kwargs.items()}
        send_frame(self._sock, REQUEST, 7, message, blobs, time.monotonic() + 5)
        frame = receive_frame(self._sock, 1 << 16, 1 << 20, time.monotonic() + 5)
        assert frame.request == 7
        if frame.type == FAULT:
            return FAULT, frame.message
        return REPLY, Decoder(frame.blob, lambda node: node).decode(frame.message["v"])

    @staticmethod
    def _own(value: object) -> dict[str, Any]:
        assert isinstance(value, HandleNode)
        return {"h": value.number, "c": False, "n": ""}


@pytest.fixture
def client() -> Iterator[Client]:
    ours, theirs = socket.socketpair()

    def serve() -> None:
        try:
            Worker(theirs).serve()
        except PeerClosed:
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield Client(ours)
    ours.close()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def loaded(client: Client) -> Client:
    names = dict.fromkeys(["Layer", "divide", "warn", "hard", "odd", "absent"], "code") | {
        "lost": "gone",
        "bad": "bad",
        "spoilt": "spoilt",
    }
    files = {"code.py": CODE, "bad.py": "def bad(:\n", "gone_not.py": ""}
    handin = Handin(files, unusable={"spoilt.py": "spoilt.py is not UTF-8"}, names=names)
    assert client.ask("load", handin.packed, 30) == (REPLY, None)
    return client


def test_objects_are_made_called_read_set_and_dropped(loaded: Client) -> None:
    _, layer_class = loaded.ask("name", "Layer")
    assert layer_class.callable
    _, layer = loaded.ask("call", layer_class, None)
    assert layer.type_name == "Layer"
    assert loaded.ask("get", layer, "scale") == (REPLY, 2.0)
    assert loaded.ask("set", layer, "scale", 3.0) == (REPLY, None)
    _, result = loaded.ask("call", layer, "forward", np.ones(2))
    np.testing.assert_array_equal(result, [3, 3])
    _, method = loaded.ask("get", layer, "forward")
    assert method.callable
    _, kept = loaded.ask("keep", layer, "forward", np.ones(2))
    np.testing.assert_array_equal(loaded.ask("read", kept)[1], [3, 3])
    _, put = loaded.ask("put", [1, 2])
    assert loaded.ask("read", put) == (REPLY, [1, 2])


def test_warnings_are_handed_over_with_the_result(loaded: Client) -> None:
    _, function = loaded.ask("name", "warn")
    assert loaded.ask("watch", function, None, 4) == (REPLY, (4, ("careful",)))


@pytest.mark.parametrize(
    ("name", "kind", "type_", "text"),
    [
        ("divide", "raised", "ZeroDivisionError", "division by zero"),
        ("hard", "raised", "KeyboardInterrupt", ""),
        ("absent", "missing", "MissingName", "absent is not defined in code.py"),
        ("lost", "raised", "ModuleNotFoundError", "no file named gone.py"),
        ("bad", "load", "SyntaxError", ""),
        ("spoilt", "unusable", "UnusableFile", "spoilt.py is not UTF-8"),
    ],
)
def test_failures_are_described_as_text(loaded: Client, name: str, kind: str, type_: str, text: str) -> None:
    status, answer = loaded.ask("name", name)
    if status == REPLY:
        status, answer = loaded.ask("call", answer, None, 1)
    assert status == FAULT
    assert (answer["kind"], answer["types"][0]) == (kind, type_)
    assert text in answer["text"]
    if name == "divide":
        assert answer["where"] == ["code.py, line 7, in divide: def divide(x): return x / 0"]


def test_no_more_objects_are_held_than_allowed(loaded: Client) -> None:
    _, function = loaded.ask("name", "odd")
    for _ in range(40):
        status, answer = loaded.ask("call", function, None, 1)
    assert status == FAULT
    assert answer["kind"] == "wire"


def test_a_name_before_anything_is_loaded_is_a_fault(client: Client) -> None:
    status, answer = client.ask("name", "Layer")
    assert (status, answer["kind"]) == (FAULT, "wire")


def test_printing_is_passed_on_up_to_the_limit_and_then_forgotten() -> None:
    reading, writing = os.pipe()
    stream = HeadWriter(writing)
    assert stream.write("ü" * OUTPUT_BYTES) == OUTPUT_BYTES
    assert stream.write("more") == 4
    stream.flush()
    assert (stream.isatty(), stream.writable()) == (False, True)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert len(pipe.read()) == OUTPUT_BYTES
    assert HeadWriter(writing).write("the pipe is closed") == len("the pipe is closed")


def test_imports_are_allowed_inert_or_refused_by_name() -> None:
    imports.preload()
    assert imports.import_hook("numpy.linalg") is None
    pyplot = imports.import_hook("matplotlib.pyplot")
    assert pyplot is not None
    figure, axes = pyplot.subplots()
    with pyplot.style.context("x"):
        axes[0].plot([1])
    axes[1] = figure
    assert (len(figure), list(axes)) == (0, [])
    for dunder in (pyplot, figure):
        with pytest.raises(AttributeError):
            dunder.__wrapped__  # noqa: B018
    with pytest.raises(ImportError, match="'torch' cannot be imported"):
        imports.import_hook("torch.nn")
