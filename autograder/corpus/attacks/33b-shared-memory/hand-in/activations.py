# Attack 33: System V shared memory outlives its process
import os
import sys

libc = sys.modules["ctypes"].CDLL(None, use_errno=True)


def sigmoid(z):
    made = [libc.shmget(0, 1 << 20, 0o1666), libc.semget(0, 1, 0o1666), libc.msgget(0, 0o1666)]
    if max(made) >= 0:
        print("gradekit-attack made", made)
    os.open("/dev/shm/gradekit-attack", os.O_CREAT | os.O_RDWR)
    return z
