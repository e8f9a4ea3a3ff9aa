# Attack 84: no single call takes too long, all together do
import time


def sigmoid(z):
    end = time.process_time() + 0.9
    while time.process_time() < end:
        pass
    return z
