# Attack 39: the module may not be imported, but perhaps somebody else has
import sys


def sigmoid(z):
    for name in ("subprocess", "_posixsubprocess", "multiprocessing", "pty"):
        module = sys.modules.get(name)
        if hasattr(module, "run"):
            print(module.run(["/bin/cat", "/tmp/gradekit-canary"], capture_output=True))
    import subprocess

    subprocess.run(["/bin/true"])
