"""Frames: one message a frame, caps before allocation, one deadline for the whole exchange."""

import os
import socket
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.boundary.frames import (
    HEADER,
    MAGIC,
    REPLY,
    REQUEST,
    DeadlineExceeded,
    PeerClosed,
    receive_frame,
    send_frame,
)
from gradekit.boundary.values import WireError

# the hostile examples of this file and of test_values.py are over 10,000 together in every run
EXAMPLES = int(os.environ.get("GRADEKIT_FUZZ_EXAMPLES", "3500"))


@pytest.fixture
def pair():
    a, b = socket.socketpair()
    with a, b:
        yield a, b


def soon(seconds=5.0):
    return time.monotonic() + seconds


@pytest.mark.parametrize("size", [0, 3, 1 << 20])
def test_a_frame_arrives_whole(pair, size):
    array = np.arange(size, dtype=np.float64)
    sender = threading.Thread(target=send_frame, args=(pair[0], REQUEST, 42, {"op": "x"}, [array], soon()))
    sender.start()
    frame = receive_frame(pair[1], 1000, 1 << 24, soon())
    sender.join()
    assert (frame.type, frame.request, frame.message) == (REQUEST, 42, {"op": "x"})
    np.testing.assert_array_equal(np.frombuffer(frame.blob), array)


def test_a_frame_in_single_bytes_arrives_whole(pair):
    send_frame(pair[0], REPLY, 1, {"v": None}, [], soon())
    data = pair[1].recv(1000)
    for byte in data:
        pair[0].send(bytes([byte]))
        time.sleep(0.0005)
    assert receive_frame(pair[1], 1000, 0, soon()).message == {"v": None}


def test_one_byte_at_a_time_does_not_move_the_deadline(pair):
    stop = threading.Event()

    def drip():
        while not stop.wait(0.02):
            pair[0].send(b"G")

    thread = threading.Thread(target=drip)
    pair[0].send(HEADER.pack(MAGIC, REPLY, 1, 1000, 0))
    thread.start()
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        receive_frame(pair[1], 1000, 0, soon(0.3))
    stop.set()
    thread.join()
    assert time.monotonic() - started < 3


def test_a_peer_that_closes_is_told_from_one_that_is_silent(pair):
    with pytest.raises(DeadlineExceeded):
        receive_frame(pair[1], 1000, 0, soon(0.05))
    pair[0].close()
    with pytest.raises(PeerClosed):
        receive_frame(pair[1], 1000, 0, soon())


def test_sending_to_a_closed_peer_says_so(pair):
    pair[1].close()
    with pytest.raises(PeerClosed):
        send_frame(pair[0], REQUEST, 1, {}, [], soon())


def test_sending_to_a_peer_that_does_not_read_ends_at_the_deadline(pair):
    with pytest.raises(DeadlineExceeded):
        send_frame(pair[0], REQUEST, 1, {}, [np.zeros(1 << 22)], soon(0.1))


@pytest.mark.parametrize(
    "head",
    [
        HEADER.pack(b"EVIL", REPLY, 1, 2, 0),
        HEADER.pack(MAGIC, 9, 1, 2, 0),
        HEADER.pack(MAGIC, REPLY, 1, 2000, 0),
        HEADER.pack(MAGIC, REPLY, 1, 2, 1 << 60),
        HEADER.pack(MAGIC, REPLY, 1, 2, 0) + b"{}{}",
        HEADER.pack(MAGIC, REPLY, 1, 2, 0) + b"[]",
    ],
    ids=["magic", "type", "json length", "blob length", "bytes after the frame", "not an object"],
)
def test_a_frame_that_breaks_the_format_is_refused_without_allocating(pair, head):
    pair[0].send(head)
    tracemalloc.start()
    with pytest.raises(WireError):
        receive_frame(pair[1], 1000, 1 << 20, soon())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300_000


@given(st.binary(min_size=1, max_size=80), st.integers(0, 40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_raise_only_the_declared_errors(data, keep):
    a, b = socket.socketpair()
    valid = HEADER.pack(MAGIC, REPLY, 7, 2, 3) + b"{}abc"
    with b:
        a.send(valid[:keep] + data)
        a.close()
        try:
            frame = receive_frame(b, 100, 100, soon(1))
        except (WireError, PeerClosed):
            return
    assert len(frame.blob) <= 100


def test_an_answer_with_too_many_parts_is_not_sent(pair):
    with pytest.raises(WireError):
        send_frame(pair[0], REPLY, 1, {"v": "x" * 70_000}, [], soon())
