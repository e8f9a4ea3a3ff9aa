# Attack 25: write to address 0
import sys


def sigmoid(z):
    sys.modules["ctypes"].memset(0, 0, 1)
