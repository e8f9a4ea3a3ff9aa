# Attack 23: a runner that counts the exit code sees success
import sys


def sigmoid(z):
    sys.exit(0)
