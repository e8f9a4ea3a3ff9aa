"""What checks import: comparisons that explain themselves, derivatives by differences, a submission in this process."""

from __future__ import annotations

from .calls import Lab, call_unchanged
from .carried import own_or_right, stands_in
from .compare import (
    expect_array,
    expect_kept,
    expect_scalar,
    expect_unchanged,
    mismatch,
    require_array,
    require_callable,
    require_labels,
    require_number,
)
from .failure import CheckFailure
from .gradients import Gradient
from .local import LocalLab
from .numeric import central_difference
from .relations import describe_relation

__all__ = [
    "CheckFailure",
    "Gradient",
    "Lab",
    "LocalLab",
    "call_unchanged",
    "central_difference",
    "describe_relation",
    "expect_array",
    "expect_kept",
    "expect_scalar",
    "expect_unchanged",
    "mismatch",
    "own_or_right",
    "require_array",
    "require_callable",
    "require_labels",
    "require_number",
    "stands_in",
]
