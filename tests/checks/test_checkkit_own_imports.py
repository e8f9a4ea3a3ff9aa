"""In a notebook, an import of one of the lab's files means the notebook itself."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest

from gradekit.checkkit.notebook import OwnImports


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A notebook, as `__main__`, whose lab has a file `own_layers.py` with two names."""
    main = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    monkeypatch.setattr(sys, "meta_path", [OwnImports({"own_layers.py": ("Linear", "Scale")}), *sys.meta_path])
    # put down first, so that what the test imports is forgotten afterwards
    monkeypatch.setitem(sys.modules, "own_layers", ModuleType("own_layers"))
    del sys.modules["own_layers"]
    return main


def test_the_latest_definition_of_the_notebook_is_imported(notebook: ModuleType):
    notebook.Linear = "first"
    module = importlib.import_module("own_layers")
    assert module.Linear == "first"
    notebook.Linear = "second"
    assert importlib.import_module("own_layers").Linear == "second"


def test_a_name_that_is_not_defined_yet_is_no_attribute(notebook: ModuleType):
    notebook.Linear = "defined"
    notebook.__hidden__ = "never"
    module = importlib.import_module("own_layers")
    for name in ("Scale", "__hidden__"):
        with pytest.raises(AttributeError, match=f"the notebook has not defined {name} yet"):
            getattr(module, name)


def test_files_are_imported_as_ever_while_the_notebook_defines_nothing_of_them(notebook: ModuleType):
    with pytest.raises(ModuleNotFoundError, match="own_layers"):
        importlib.import_module("own_layers")
    notebook.Linear = "defined"
    assert importlib.import_module("json").__name__ == "json"
