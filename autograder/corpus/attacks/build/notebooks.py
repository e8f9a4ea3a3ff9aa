"""Notebooks whose metadata, outputs or form are the attack."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

CODE = "import numpy as np\n\n\ndef sigmoid(z):\n    return np.zeros_like(z)\n"
SCRIPT = "<script>alert('gradekit-attack')</script>"


def notebook(cells: Sequence[str], *, outputs: Sequence[Any] = (), metadata: Any = None) -> bytes:
    """Return a notebook with these code cells, each with the outputs."""
    built = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": f"c{i}",
            "metadata": {},
            "outputs": list(outputs),
            "source": text,
        }
        for i, text in enumerate(cells)
    ]
    value = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata or {}, "cells": built}
    return json.dumps(value).encode()


OUTPUT = {
    "output_type": "display_data",
    "metadata": {},
    "data": {"text/html": SCRIPT, "application/javascript": "alert(1)"},
}
LOST = {"outcomes": {"test_sigmoid_values": ["failed"]}}

Attack = tuple[str, list[int], str, str, Callable[[], bytes], dict[str, Any]]
ATTACKS: list[Attack] = [
    ("63a-hostile-outputs", [63], "carries scripts in its outputs", "hand-in.ipynb",
     lambda: notebook([CODE], outputs=[OUTPUT]), LOST),
    ("63b-hostile-metadata", [63], "asks by its metadata for full points and another kernel", "hand-in.ipynb",
     lambda: notebook([CODE], metadata={"kernelspec": {"name": "../../bin/sh", "display_name": SCRIPT, "argv": ["sh"]},
                                        "nbgrader": {"grade": True, "score": 100, "points": 100}}), LOST),
    ("63c-deep-json", [63], "is nested a hundred thousand deep", "hand-in.ipynb",
     lambda: b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", {"status": "ungradable", "reason": ""}),
    ("63d-large", [63], "has an output of thirty megabytes", "hand-in.ipynb",
     lambda: notebook([CODE], outputs=[{**OUTPUT, "data": {"text/plain": "x" * (30 << 20)}}]), {"status": "ungradable", "reason": ""}),
    ("63e-shell-lines", [63], "runs a shell by magics", "hand-in.ipynb",
     lambda: notebook(["!touch /tmp/gradekit-attack-magic\n%%bash\ntouch /tmp/gradekit-attack-magic", "%run /tmp/gradekit-canary\n" + CODE]),
     LOST),
    ("63f-wrong-types", [63], "has numbers where text belongs", "hand-in.ipynb",
     lambda: json.dumps({"nbformat": "4", "metadata": [1], "cells": [{"cell_type": "code", "source": 7}, None, "x"]}).encode(),
     {"status": "ungradable", "reason": ""}),
]  # fmt: skip
