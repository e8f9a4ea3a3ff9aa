# Attack 71: the x32 interface sets a bit in the number
import sys

libc = sys.modules["ctypes"].CDLL(None, use_errno=True)


def sigmoid(z):
    result = libc.syscall(0x40000000 | 39)
    if result > 0:
        print("gradekit-attack x32", result)
    return z * 0
