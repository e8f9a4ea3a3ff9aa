# Attack 38: empty files take no room, but names
import os
import tempfile


def sigmoid(z):
    for number in range(2000):
        os.mkdir(f"/tmp/gradekit-attack-{number}")
    tempfile.mkdtemp(prefix="gradekit-attack")
    return z * 0
