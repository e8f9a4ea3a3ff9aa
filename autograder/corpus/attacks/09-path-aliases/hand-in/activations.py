# Attack 09: the same file by another path
import os

import numpy as np


def sigmoid(z):
    for name in ("/proc/self/root/tmp/gradekit-canary", "/proc/self/cwd/../tmp/gradekit-canary", "/dev/fd/../root/tmp/gradekit-canary"):
        try:
            print(open(name).read())
        except OSError as error:
            print(type(error).__name__)
    for make in (os.link, os.symlink):
        try:
            make("/tmp/gradekit-canary", "/tmp/gradekit-attack-alias")
            print(open("/tmp/gradekit-attack-alias").read())
        except OSError as error:
            print(type(error).__name__)
    return z
