# Attack 71: int 0x80 has other numbers, which a filter that looks at the number alone mistakes
import sys

import numpy as np

ctypes = sys.modules["ctypes"]
# mov eax, 20 (getpid in the 32-bit table); int 0x80; ret
CODE = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"


def sigmoid(z):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    page = libc.mmap(None, 4096, 7, 0x22, -1, 0)
    ctypes.memmove(page, CODE, len(CODE))
    print("gradekit-attack called", ctypes.CFUNCTYPE(ctypes.c_long)(page)())
    return np.zeros_like(z)
