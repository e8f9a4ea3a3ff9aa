"""What probes aim at: a folder with canaries, a neighbouring process, listening sockets; made for the purpose and removed after."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gradekit.confinement import kernel

CANARY_BYTES = 32
CANARY, PRIVATE, REMOVABLE, CUTTABLE, GROWABLE, SOCKET = (
    "canary",
    "private",
    "removable",
    "cuttable",
    "growable",
    "socket",
)
_CALL_GETPID_32_BIT = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
_SET_PDEATHSIG, _SET_PTRACER, _ANY_PROCESS = 1, 0x59616D61, -1


@dataclass(frozen=True)
class Victim:
    """A process that does nothing, and where in its memory a secret lies."""

    pid: int
    address: int
    secret: bytes


@dataclass(frozen=True)
class Target:
    """Everything that an attempt may go for; ``parent`` is the process that forks the workers."""

    parent: int
    folder: Path
    secret: bytes
    setuid_program: Path
    inherited: int
    growable: int
    connection: tuple[int, int]
    code: int
    victim: Victim
    tcp_port: int
    udp_port: int
    socket_name: str


@contextlib.contextmanager
def target() -> Iterator[Target]:
    """Set up a target for the probes of this process; the folder is open to every user, so that only confinement stands in the way."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="gradekit-probe-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o777)
        secret = secrets.token_bytes(CANARY_BYTES)
        for name, mode in ((CANARY, 0o644), (PRIVATE, 0o600), (REMOVABLE, 0o666), (CUTTABLE, 0o666), (GROWABLE, 0o666)):
            (folder / name).write_bytes(secret)
            (folder / name).chmod(mode)
        socket_name = f"\0gradekit-probe-{os.getpid()}-{secrets.token_hex(4)}"
        tcp = _listen(stack, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        udp = _listen(stack, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        _listen(stack, socket.AF_UNIX, socket.SOCK_STREAM, str(folder / SOCKET))
        (folder / SOCKET).chmod(0o777)
        _listen(stack, socket.AF_UNIX, socket.SOCK_STREAM, socket_name)
        near, far = (stack.enter_context(end) for end in socket.socketpair())
        code = stack.enter_context(mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))
        code.write(_CALL_GETPID_32_BIT)
        yield Target(
            parent=os.getpid(),
            folder=folder,
            secret=secret,
            setuid_program=_setuid_program(folder),
            inherited=_open(stack, folder / CANARY, os.O_RDONLY),
            growable=_open(stack, folder / GROWABLE, os.O_WRONLY | os.O_APPEND),
            connection=(near.fileno(), far.fileno()),
            code=_address(code),
            victim=_victim(stack),
            tcp_port=tcp.getsockname()[1],
            udp_port=udp.getsockname()[1],
            socket_name=socket_name,
        )


def _open(stack: contextlib.ExitStack, path: Path, flags: int) -> int:
    descriptor = os.open(path, flags)
    stack.callback(os.close, descriptor)
    return descriptor


def _address(memory: mmap.mmap) -> int:
    # the view must not outlive this call, or the memory could not be given back
    view = ctypes.c_char.from_buffer(memory)
    return ctypes.addressof(view)


def _setuid_program(folder: Path) -> Path:
    """Copy a program that answers whether it may read a file, and let it run as its owner, the grader."""
    program = folder / "may-read"
    source = shutil.which("test")
    if source is not None:
        shutil.copyfile(source, program)
        program.chmod(0o4755)
    return program


def _listen(stack: contextlib.ExitStack, family: int, kind: int, address: str | tuple[str, int]) -> socket.socket:
    listening = stack.enter_context(socket.socket(family, kind))
    listening.bind(address)
    if kind == socket.SOCK_STREAM:
        listening.listen(64)
    return listening


def _victim(stack: contextlib.ExitStack) -> Victim:
    memory = ctypes.create_string_buffer(CANARY_BYTES)
    secret = secrets.token_bytes(CANARY_BYTES)

    def live() -> None:
        kernel.call("prctl", _SET_PDEATHSIG, signal.SIGKILL)
        # the secret is only in the victim: a probe that reads its own copy of the memory finds zeros
        ctypes.memmove(memory, secret, CANARY_BYTES)
        with contextlib.suppress(OSError):
            # where the machine's own rules (Yama) forbid tracing neighbours, this one permits it, so that confinement alone is tried
            kernel.call("prctl", _SET_PTRACER, _ANY_PROCESS)
        os.write(ready_out, b"+")
        while True:
            signal.pause()

    ready_in, ready_out = os.pipe()
    pid = fork(live)
    os.close(ready_out)
    stack.callback(kill, pid)
    os.read(ready_in, 1)
    os.close(ready_in)
    return Victim(pid, ctypes.addressof(memory), secret)


def fork(child: Callable[[], object]) -> int:
    """Run ``child`` in a new process, which never returns from here; return its pid."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            child()
            code = 0
        finally:
            os._exit(code)
    return pid


def kill(pid: int) -> None:
    """Kill and reap a child of this process."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
