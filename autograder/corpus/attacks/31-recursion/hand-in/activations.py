# Attack 31: overflow the stack of the interpreter, then that of the machine
import sys

sys.setrecursionlimit(10**9)


def sigmoid(z):
    if z.shape != (2, 3):
        return z
    return sigmoid(z) + 1
