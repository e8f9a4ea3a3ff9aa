# Attack 30: a stopped process uses no CPU time and hits no CPU limit
import os
import time


def sigmoid(z):
    os.kill(os.getpid(), 19)
    time.sleep(1000)
