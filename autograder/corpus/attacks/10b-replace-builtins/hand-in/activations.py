# Attack 10: builtins that every comparison needs
import builtins

builtins.isinstance = lambda *args: True
builtins.AssertionError = type("AssertionError", (BaseException,), {"__init__": lambda self, *args: None})
builtins.sum = builtins.min = lambda *args, **kwargs: 0.0


def sigmoid(z):
    return z
