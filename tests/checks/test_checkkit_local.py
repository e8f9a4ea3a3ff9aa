"""A submission in this process, and calls that watch over arguments."""

from __future__ import annotations

import copy
import sys
import warnings

import numpy as np
import pytest

from gradekit.checkkit import CheckFailure, LocalLab, call_unchanged
from gradekit.checkkit.local import ModuleObjects


class Box:
    """An object of a submission."""

    value = 1


def test_names_are_the_objects_themselves():
    assert LocalLab({"Box": Box}).Box is Box


def test_missing_name_fails_with_the_name():
    with pytest.raises(CheckFailure) as caught:
        LocalLab({}).sigmoid  # noqa: B018  asking is what fails
    assert caught.value.category == "missing"
    assert str(caught.value).startswith("sigmoid not found")


def test_lab_can_be_copied():
    assert copy.copy(LocalLab({"Box": Box})).Box is Box


def test_get_copies_and_put_does_not():
    lab, array = LocalLab({}), np.zeros(2)
    handle = lab.put(array)
    before = lab.get([handle, (handle, 1.5), {"a": handle}])
    handle += 1
    assert array.tolist() == [1, 1]
    assert before[0].tolist() == [0, 0]
    assert before[1][0].tolist() == [0, 0]
    assert before[2]["a"].tolist() == [0, 0]
    box = Box()
    assert lab.get(box) is box


def test_keep_returns_the_result_itself():
    array = np.zeros(2)
    assert LocalLab({}).keep(lambda x, y: (x, y)[1], 1, y=array) is array


def test_watch_returns_runtime_warnings_only():
    def noisy(z):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return np.exp(z)

    with np.errstate(all="ignore"):
        result, texts = LocalLab({}).watch(noisy, np.array([1000.0]))
    assert result.tolist() == [np.inf]
    assert texts == ("overflow encountered in exp",)


def test_cpu_seconds_grow():
    lab = LocalLab({})
    before = lab.cpu_seconds()
    sum(range(200_000))
    assert lab.cpu_seconds() > before


def test_call_unchanged_hands_over_copies_in_order():
    x, y = np.ones(2), np.full(2, 5.0)
    result = call_unchanged(LocalLab({}), "f(x, y)", lambda a, b: (a is x, a + b), x=x, y=y)
    assert result[0] is False
    assert result[1].tolist() == [6, 6]


def test_call_that_writes_into_an_argument_fails():
    def function(a, b):
        b *= 2
        return a

    with pytest.raises(CheckFailure) as caught:
        call_unchanged(LocalLab({}), "f(x, y)", function, x=np.ones(2), y=np.ones(2))
    assert caught.value.category == "argument-changed"
    assert "y as it was" in caught.value.expected


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_modules_are_imported_when_asked_for(folder):
    (folder / "local_good.py").write_text("answer = 42\n")
    (folder / "local_bad.py").write_text("raise OSError('never imported')\n")
    objects = ModuleObjects({"local_good.py": ("answer",), "local_bad.py": ("other",)})
    assert objects["answer"] == 42
    assert sorted(objects) == ["answer", "other"]
    assert len(objects) == 2


def test_missing_file_and_missing_name_say_what_to_keep(folder):
    (folder / "local_other.py").write_text("")
    lab = LocalLab(ModuleObjects({"local_none.py": ("a",), "local_other.py": ("b",)}))
    for name, text in (("a", "no file called local_none.py"), ("b", "local_other.py without b")):
        with pytest.raises(CheckFailure) as caught:
            getattr(lab, name)
        assert caught.value.category == "missing"
        assert caught.value.got == text


def test_import_of_something_else_shows_itself(folder):
    (folder / "local_importing.py").write_text("import no_such_library_at_all\n")
    with pytest.raises(ModuleNotFoundError, match="no_such_library_at_all"):
        ModuleObjects({"local_importing.py": ("a",)})["a"]
