"""Libraries that a course lets its submissions use besides NumPy: preloaded in a zygote of their own."""

from __future__ import annotations

import time

import numpy as np
import pytest

from gradekit.boundary.client import WorkerPolicy, Zygote
from gradekit.boundary.faults import ImportFault
from gradekit.boundary.remote import CallLimits, Handin, RemoteLab
from gradekit.confinement import LAYERS, worker_uid

POLICY = WorkerPolicy(memory_bytes=1 << 30, cpu_seconds=10, uid=worker_uid(0), layers=tuple(LAYERS))
LIMITS = CallLimits(call_seconds=10, check_seconds=20, load_seconds=5, reply_bytes=1 << 20, handles=100)
CODE = """
import colorsys

def red(x):
    return x * colorsys.hsv_to_rgb(0.0, 1.0, 1.0)[0]
"""


def red(zygote: Zygote):
    lab = RemoteLab(zygote, Handin({"code.py": CODE}, names={"red": "code"}), POLICY, LIMITS, time.monotonic() + 30)
    try:
        return lab.red(np.ones(2))
    finally:
        lab.close()


def test_a_module_may_be_imported_only_where_it_is_preloaded():
    with Zygote(["colorsys"]) as zygote:
        np.testing.assert_array_equal(red(zygote), [1, 1])
    with Zygote() as zygote, pytest.raises(ImportFault, match="colorsys"):
        red(zygote)
