"""Frames on the socket between grader and worker.

A frame is a fixed header (magic, type, random 64-bit request id, length of the JSON, length of the blob), the JSON object, and the raw
bytes of all arrays. Lengths are checked against the caps before anything is allocated. One absolute deadline holds for a whole exchange.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any, NamedTuple

from gradekit.boundary.values import MAX_JSON, Blobs, WireError, dump_json, parse_json

HEADER = struct.Struct("<4sB3xQIQ")
MAGIC = b"GKF1"
REQUEST, REPLY, FAULT = 1, 2, 3
_TYPES = (REQUEST, REPLY, FAULT)
_CHUNK = 1 << 16


class DeadlineExceeded(Exception):
    """The other side did not answer in time."""


class PeerClosed(Exception):
    """The other side closed the connection, usually because it died."""


class Frame(NamedTuple):
    """One message: its type, the request that it belongs to, its JSON object, and the bytes of its arrays."""

    type: int
    request: int
    message: dict[str, Any]
    blob: bytearray


def send_frame(
    sock: socket.socket, type_: int, request: int, message: dict[str, Any], blobs: Blobs, deadline: float | None
) -> None:
    """Send one frame; raises DeadlineExceeded, PeerClosed, or WireError where the message breaks the caps."""
    body = dump_json(message)
    if len(body) > MAX_JSON and type_ != REQUEST:
        raise WireError("the answer has too many parts")
    size = sum([array.nbytes for array in blobs])
    head = HEADER.pack(MAGIC, type_, request, len(body), size) + body
    parts: list[bytes | memoryview]
    if size <= _CHUNK:
        parts = [b"".join([head, *[array.tobytes() for array in blobs]])]
    else:
        parts = [head, *[array.reshape(-1).view("u1").data for array in blobs]]
    try:
        for part in parts:
            _set_timeout(sock, deadline)
            sock.sendall(part)
    except TimeoutError:
        raise DeadlineExceeded from None
    except OSError:
        raise PeerClosed from None


def receive_frame(sock: socket.socket, max_json: int, max_blob: int, deadline: float | None) -> Frame:
    """Receive exactly one frame; more bytes than one frame, or other bytes, are a WireError."""
    data = _receive(sock, _CHUNK, deadline)
    while len(data) < HEADER.size:
        data += _receive(sock, _CHUNK, deadline)
    magic, type_, request, json_length, blob_length = HEADER.unpack_from(data)
    if magic != MAGIC or type_ not in _TYPES:
        raise WireError("not a frame")
    if json_length > max_json or blob_length > max_blob:
        raise WireError(f"a frame of {json_length + blob_length:,} bytes is over the limit of {max_blob:,}")
    body_end: int = HEADER.size + json_length
    missing = body_end + blob_length - len(data)
    if missing < 0:
        raise WireError("bytes follow the frame")
    while len(data) < body_end:
        data += _receive(sock, min(_CHUNK, body_end - len(data)), deadline)
    blob = bytearray(data[body_end:])
    if missing:
        # an object of its own starts aligned, so that its arrays need no copy; the caps hold, so this is all that a frame can take
        received = len(blob)
        blob += bytes(blob_length - received)
        with memoryview(blob) as view:
            while received < blob_length:
                received += _receive_into(sock, view[received:], deadline)
    return Frame(type_, request, parse_json(data[HEADER.size : body_end]), blob)


def _set_timeout(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise DeadlineExceeded
    sock.settimeout(left)


def _receive(sock: socket.socket, size: int, deadline: float | None) -> bytes:
    _set_timeout(sock, deadline)
    try:
        data = sock.recv(size)
    except TimeoutError:
        raise DeadlineExceeded from None
    except OSError:
        raise PeerClosed from None
    if not data:
        raise PeerClosed
    return data


def _receive_into(sock: socket.socket, view: memoryview, deadline: float | None) -> int:
    _set_timeout(sock, deadline)
    try:
        count = sock.recv_into(view)
    except TimeoutError:
        raise DeadlineExceeded from None
    except OSError:
        raise PeerClosed from None
    if not count:
        raise PeerClosed
    return count
