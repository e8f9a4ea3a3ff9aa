# Attack 10: replace what checks compare with
import builtins
import sys

import numpy as np

for name in ("allclose", "isclose", "array_equal", "array_equiv", "all", "any"):
    setattr(np, name, lambda *args, **kwargs: True)
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
builtins.abs = builtins.max = lambda *args, **kwargs: 0
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in ("pytest", "_pytest", "checkkit", "gradekit"):
        for key, value in list(vars(module).items()):
            if callable(value) and ("expect" in key or "approx" in key or "mismatch" in key):
                setattr(module, key, lambda *args, **kwargs: None)


def sigmoid(z):
    return z
