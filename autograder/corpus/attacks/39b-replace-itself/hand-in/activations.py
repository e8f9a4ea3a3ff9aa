# Attack 39: become another program
import os
import sys


def sigmoid(z):
    os.execv(sys.executable, [sys.executable, "-c", "open('/tmp/gradekit-attack-exec', 'w')"])
