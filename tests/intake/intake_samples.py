"""Rules of a small course, notebooks and zips in memory: what the tests of intake build their uploads from."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings

from gradekit.intake import IntakeRules
from gradekit.rubric import IntakeLimits

# `GRADEKIT_FUZZ_EXAMPLES=10000 python -m pytest tests/intake -k fuzz` is the long run.
FUZZ = settings(
    max_examples=int(os.environ.get("GRADEKIT_FUZZ_EXAMPLES", "1000")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

NAMES = ("activations.py", "layers.py")
STUBS = {name: f'"""{name}"""\nraise NotImplementedError("TODO")\n' for name in NAMES}


def notebook_bytes(*cells: str | list[str], **changes: Any) -> bytes:
    """A notebook of format 4 with these code cells, outputs and all."""
    made = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {"collapsed": False},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["<script>alert(1)</script>"]}],
            "source": cell,
        }
        for cell in cells
    ]
    prose = {"cell_type": "markdown", "metadata": {}, "source": ["# A title"]}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [prose, *made]} | changes).encode()


RELEASED = notebook_bytes("%matplotlib inline", "def sigmoid(z):\n    raise NotImplementedError")
FILLED = notebook_bytes("%matplotlib inline", "def sigmoid(z):\n    return z")


def rules(stubs: Mapping[str, str] | None = None, **limits: int) -> IntakeRules:
    known = {**STUBS, "backprop.ipynb": RELEASED.decode()} if stubs is None else stubs
    return IntakeRules(NAMES, ("train.py",), "backprop.ipynb", IntakeLimits(**limits), known)


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, method)
    return buffer.getvalue()
