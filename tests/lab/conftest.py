"""What the tests of the lab share: the reference, imported as a student runs it."""

import importlib
import sys
from pathlib import Path

import pytest

SOLUTION = Path(__file__).resolve().parents[2] / "solution"


@pytest.fixture(scope="module")
def lab():
    """All modules of the reference by name, forgotten afterwards; what needs PyTorch is left out."""
    names = {path.stem for path in SOLUTION.glob("*.py")} - {"torch_classifier"}
    before = set(sys.modules)
    sys.path.insert(0, str(SOLUTION))
    try:
        yield {name: importlib.import_module(name) for name in sorted(names)}
    finally:
        sys.path.remove(str(SOLUTION))
        for name in set(sys.modules) - before:
            if name in names or name.startswith("_lab_datasets"):
                del sys.modules[name]
