"""Attempts on the network and other ways out."""

from __future__ import annotations

import ctypes
import mmap
import os
import socket

from gradekit.confinement import kernel
from gradekit.confinement.target import SOCKET, Target

_IPC_CREAT, _IPC_RMID = 0o1000, 0
_PROCESS_KEYRING = -2


def connect_tcp(target: Target) -> None:
    """Connect to a TCP port."""
    with socket.socket() as client:
        client.connect(("127.0.0.1", target.tcp_port))


def listen_tcp(_: Target) -> None:
    """Listen on a TCP port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()


def send_udp(target: Target) -> None:
    """Send a UDP datagram."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"exam", ("127.0.0.1", target.udp_port))


def connect_unix_path(target: Target) -> None:
    """Connect to a socket file."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(target.folder / SOCKET))


def connect_unix_name(target: Target) -> None:
    """Connect to an abstract socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(target.socket_name)


def pass_descriptor(target: Target) -> None:
    """Pass a descriptor on."""
    near, far = target.connection
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=near) as connection:
        socket.send_fds(connection, [b"+"], [far])


def make_shared_memory(_: Target) -> None:
    """Make System V shared memory."""
    segment = kernel.call("shmget", 0, mmap.PAGESIZE, _IPC_CREAT | 0o600)
    kernel.call("shmctl", segment, _IPC_RMID, 0)


def make_memory_file(_: Target) -> None:
    """Make a file in memory."""
    name = ctypes.create_string_buffer(b"probe")
    kernel.call("memfd_create", ctypes.addressof(name), 0)


def make_message_queue(_: Target) -> None:
    """Make a message queue."""
    name = ctypes.create_string_buffer(f"gradekit-probe-{os.getpid()}".encode())
    kernel.call("mq_open", ctypes.addressof(name), os.O_CREAT | os.O_RDWR, 0o600, 0)
    kernel.call("mq_unlink", ctypes.addressof(name))


def make_io_ring(_: Target) -> None:
    """Set up io_uring."""
    parameters = ctypes.create_string_buffer(120)
    kernel.call("io_uring_setup", 1, ctypes.addressof(parameters))


def add_key(_: Target) -> None:
    """Store a key in the kernel."""
    kind, name = ctypes.create_string_buffer(b"user"), ctypes.create_string_buffer(b"probe")
    kernel.call("add_key", ctypes.addressof(kind), ctypes.addressof(name), ctypes.addressof(name), 1, _PROCESS_KEYRING)
