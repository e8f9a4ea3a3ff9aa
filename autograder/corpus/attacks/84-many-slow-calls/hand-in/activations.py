# Attack 84: no single call takes too long, all together do
import time


def sigmoid(z):
    if z.shape not in ((5, 3), (2, 4)):
        return z
    end = time.process_time() + 2
    while time.process_time() < end:
        pass
    return 1 / (1 + 2.718281828459045**-z)
