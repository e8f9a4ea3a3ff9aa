"""Fixtures that only hidden checks use."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_NAME = "_lab_composing"


def load_composing() -> ModuleType:
    """Load the package `composing`, which lies beside this file, under a private name."""
    if _NAME not in sys.modules:
        folder = Path(__file__).parent / "composing"
        spec = importlib.util.spec_from_file_location(
            _NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules[_NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[_NAME]


@pytest.fixture(scope="session")
def composing():
    """The package `composing`: `Options`, `draw_parameters`, `plan_training`."""
    return load_composing()


@pytest.fixture
def composition(lab, reference, remark, composing):
    """Judges what is made of several parts."""
    return composing.Composition(lab, reference, remark)
