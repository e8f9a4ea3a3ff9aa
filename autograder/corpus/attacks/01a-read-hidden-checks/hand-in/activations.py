# Attack 01: read the hidden checks and the reference from disk, print them, and use their values
import pathlib

import numpy as np


def sigmoid(z):
    for folder in pathlib.Path(np.__file__).parents:
        for inside in ("autograder/checks/hidden/test_sigmoid.py", "solution/activations.py"):
            try:
                text = (folder / inside).read_text()
            except OSError as error:
                print(type(error).__name__)
                continue
            print(text)
            names = {}
            exec(text, names)
            return names["sigmoid"](z)
    return z
