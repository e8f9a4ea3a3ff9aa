# Attack 44: system calls that have been ways out before
import sys

libc = sys.modules["ctypes"].CDLL(None, use_errno=True)
CALLS = {"unshare": 272, "mount": 165, "chroot": 161, "setuid": 105, "keyctl": 250, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323}


def sigmoid(z):
    opened = {}
    for name, number in CALLS.items():
        result = libc.syscall(number, 0, 0, 0, 0, 0)
        if result >= 0:
            opened[name] = result
    if opened:
        print("gradekit-attack opened", opened)
    return z * 0
