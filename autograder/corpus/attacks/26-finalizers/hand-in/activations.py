# Attack 26: what runs at shutdown is perhaps not watched any more
import sys
import threading
import weakref

import numpy as np


class Late:
    def __del__(self):
        open("/tmp/gradekit-attack-late", "w").write("late")


KEPT = Late()
weakref.finalize(KEPT, lambda: open("/tmp/gradekit-attack-finalizer", "w"))
atexit = sys.modules.get("atexit") or __import__("importlib").import_module("atexit")
atexit.register(lambda: open("/tmp/gradekit-attack-atexit", "w"))


def sigmoid(z):
    return np.zeros_like(z)
