"""What the tests of the lab share: the reference, imported as a student runs it."""

import hashlib
import importlib
import importlib.util
import os
import sys
from pathlib import Path

import pytest
from idx_files import SHAPES, contents

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


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """One in which only the embedded digits can be had: they train in seconds."""
    own = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")), "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    return {**os.environ, "GRADEKIT_MNIST": "", **own}


@pytest.fixture(scope="module")
def datasets():
    folder = SOLUTION.parent / "datasets"
    spec = importlib.util.spec_from_file_location(
        "_lab_datasets_tested", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    package = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    yield package
    for name in [name for name in sys.modules if name.startswith(spec.name)]:
        del sys.modules[name]


@pytest.fixture
def mnist(datasets, monkeypatch, tmp_path):
    """The mnist module, made to expect the small files of `contents`, with no mirror and an empty cache."""
    module = sys.modules[f"{datasets.__name__}.mnist"]
    for constant, (name, content) in zip(
        ("TRAIN_IMAGES", "TRAIN_LABELS", "TEST_IMAGES", "TEST_LABELS"), contents().items(), strict=True
    ):
        monkeypatch.setattr(module, constant, module.IdxFile(name, SHAPES[name], hashlib.sha256(content).hexdigest()))
    files = (module.TRAIN_IMAGES, module.TRAIN_LABELS, module.TEST_IMAGES, module.TEST_LABELS)
    monkeypatch.setattr(module, "FILES", files)
    monkeypatch.setattr(module, "MIRRORS", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GRADEKIT_MNIST", raising=False)
    return module
