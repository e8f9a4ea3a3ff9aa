"""The lab across the boundary: a real zygote, real workers, and submissions that do everything but answer."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from gradekit.boundary.client import WorkerPolicy, Zygote
from gradekit.boundary.faults import (
    ImportFault,
    MemoryFault,
    MissingFault,
    NotImplementedFault,
    ProtocolFault,
    RaisedFault,
    SyntaxFault,
    TimeoutFault,
    WorkerGone,
)
from gradekit.boundary.remote import CallLimits, Handin, RemoteLab
from gradekit.confinement import LAYERS, worker_uid

LIMITS = CallLimits(call_seconds=10, check_seconds=20, load_seconds=5, reply_bytes=1 << 20, handles=50)
POLICY = WorkerPolicy(memory_bytes=512 << 20, cpu_seconds=2, uid=worker_uid(0), layers=tuple(LAYERS))

CODE = """
import numpy as np

class Layer:
    def __init__(self, factor=2.0):
        self.factor = factor
        self.weight = np.ones((2, 2))
    def forward(self, x):
        self.x = x
        return self.factor * x
    def me(self):
        return self

def double(x): return 2 * x
def in_place(x): x *= 3
def todo(x): raise NotImplementedError("TODO 1: todo")
def broken(x): return np.zeros(2) @ np.zeros(3)
def noisy(x): return np.exp(x)
def printing(x):
    print("hello " * 10_000)
    return x
def quits(x): raise SystemExit(0)
def skips(x):
    class Skipped(BaseException): pass
    raise Skipped("please")
def hard_exit(x):
    import os
    os._exit(0)
def forever(x):
    while True:
        try:
            while True: pass
        except BaseException:
            pass
def sleeper(x):
    import time
    time.sleep(1000)
def hungry(x): return np.ones(1 << 28)
def huge(x): return np.ones(1 << 18)
def many(x): return [1] * 100_000
def kinds(x): return {"a": (1, [2.5, None]), "b": "text", "c": float("inf"), "d": np.float32(1)}
def odd(x): return np.array([1j])
def hoard(x): return [object() for _ in range(100)]
def recursion(x): return recursion(x)
def lies(x):
    import gc
    for held in gc.get_objects():
        if type(held).__name__ == "Worker":
            held._operations["read"] = lambda value: [x]
"""
NAMES = ("Layer double in_place todo broken noisy printing quits skips hard_exit forever sleeper hungry huge many kinds odd "
         "hoard recursion lies absent").split()  # fmt: skip


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as running:
        yield running


@pytest.fixture
def make(zygote):
    labs = []

    def build(files=None, names=None, limits=LIMITS, policy=POLICY, **more):
        files = files or {"code.py": CODE}
        names = names or dict.fromkeys(NAMES, "code")
        lab = RemoteLab(zygote, Handin(files, names=names, **more), policy, limits, time.monotonic() + 60)
        labs.append(lab)
        return lab

    yield build
    for lab in labs:
        lab.close()


@pytest.fixture
def lab(make):
    return make()


X = np.array([[1.0, 2.0], [3.0, 4.0]])


def test_functions_take_and_give_copies(lab):
    result = lab.double(X)
    np.testing.assert_array_equal(result, 2 * X)
    assert result.flags.writeable


def test_objects_stay_in_the_worker_and_attributes_are_set_and_read(lab):
    layer = lab.Layer(factor=3.0)
    layer.weight = X
    np.testing.assert_array_equal(layer.weight, X)
    np.testing.assert_array_equal(layer.forward(X), 3 * X)
    np.testing.assert_array_equal(layer.me().me().x, X)
    assert layer.factor == 3.0
    assert repr(layer) == "<Layer object>"


def test_changed_arguments_are_seen_through_a_handle(lab):
    handle = lab.put(X)
    assert lab.in_place(handle) is None
    np.testing.assert_array_equal(lab.get(handle), 3 * X)


def test_several_handles_are_read_at_once(lab):
    handles = [lab.put(X.copy()), lab.put(X[0].copy())]
    lab.in_place(handles[1])
    for got, expected in zip(lab.get(handles), (X, 3 * X[0]), strict=True):
        np.testing.assert_array_equal(got, expected)
    assert lab.get([1, 2]) == [1, 2]


def test_another_number_of_values_than_handles_is_a_fault(lab):
    handles = [lab.put(X.copy()), lab.put(X[0].copy())]
    lab.lies(X)
    with pytest.raises(ProtocolFault):
        lab.get(handles)


def test_kept_results_are_read_later(lab):
    kept = lab.keep(lab.double, X)
    lab.double(5 * X)
    np.testing.assert_array_equal(lab.get(kept), 2 * X)
    layer = lab.Layer()
    np.testing.assert_array_equal(lab.get(lab.keep(layer.forward, X)), 2 * X)


def test_plain_values_of_every_kind_cross(lab):
    assert lab.kinds(0) == {"a": (1, [2.5, None]), "b": "text", "c": float("inf"), "d": np.float32(1)}


def test_what_cannot_cross_is_an_opaque_object(lab):
    assert repr(lab.odd(0)) == "<array of complex128 object>"


def test_warnings_are_reported_on_request(lab):
    result, texts = lab.watch(lab.noisy, np.array([1e4]))
    assert result == np.inf
    assert any("overflow" in text for text in texts)
    assert lab.watch(lab.noisy, np.array([1.0]))[1] == ()


def test_cpu_time_is_read_from_the_kernel(lab):
    assert lab.cpu_seconds() == 0.0
    lab.double(X)
    first = lab.cpu_seconds()
    with pytest.raises(RaisedFault):
        lab.recursion(0)
    assert lab.cpu_seconds() > first > 0


@pytest.mark.parametrize(
    ("name", "fault", "text"),
    [
        ("todo", NotImplementedFault, "TODO 1: todo"),
        ("broken", RaisedFault, "code.py, line"),
        ("quits", RaisedFault, "SystemExit"),
        ("skips", RaisedFault, "Skipped"),
        ("recursion", RaisedFault, "RecursionError"),
        ("absent", MissingFault, "absent is not defined in code.py"),
        ("hungry", MemoryFault, "MemoryError"),
        ("many", ProtocolFault, "too many parts"),
        ("huge", ProtocolFault, "over the limit"),
        ("hoard", ProtocolFault, "too many objects"),
        ("hard_exit", WorkerGone, "exit code 0"),
        ("forever", TimeoutFault, "CPU time"),
    ],
)
def test_each_way_to_fail_has_its_own_fault(make, name, fault, text):
    lab = make()
    with pytest.raises(fault) as caught:
        getattr(lab, name)(X)
    assert type(caught.value) is fault
    assert text in caught.value.got
    np.testing.assert_array_equal(make().double(X), 2 * X)


def test_a_sleeping_call_ends_at_the_wall_clock_limit(make):
    lab = make(limits=CallLimits(0.3, 20, 5, 1 << 20, 50))
    with pytest.raises(TimeoutFault):
        lab.sleeper(X)


def test_many_calls_that_each_stay_under_their_limit_end_at_the_checks_limit(make):
    lab = make(limits=CallLimits(5, 0.5, 0, 1 << 20, 50))
    with pytest.raises(TimeoutFault):
        while True:
            lab.double(X)


def test_a_dead_worker_fails_every_later_use_in_the_same_way(lab):
    layer = lab.Layer()
    with pytest.raises(WorkerGone) as first:
        lab.hard_exit(0)
    with pytest.raises(WorkerGone) as second:
        layer.forward(X)
    assert second.value is first.value


def test_a_renewed_lab_is_the_same_submission_in_a_new_process_and_in_the_same_time(make):
    lab = make(limits=CallLimits(call_seconds=1, check_seconds=3, load_seconds=5, reply_bytes=1 << 20, handles=50))
    layer = lab.Layer()
    lab.printing(X)
    with pytest.raises(WorkerGone):
        lab.hard_exit(X)
    fresh = lab.renewed()
    np.testing.assert_array_equal(fresh.double(X), 2 * X)
    with pytest.raises(WorkerGone):
        layer.forward(X)  # what the old process held is lost
    for _ in range(4):
        with pytest.raises(TimeoutFault):
            fresh.sleeper(X)
        fresh = fresh.renewed()
    with pytest.raises(TimeoutFault):  # the check's own time is over, however many processes it has had
        fresh.double(X)
    assert lab.close().startswith("hello hello")


def test_printing_is_kept_up_to_four_kilobytes_and_never_blocks(lab):
    lab.printing(0)
    output = lab.close()
    assert output.startswith("hello hello")
    assert len(output) <= 4096


def test_no_process_is_left_after_closing(lab):
    lab.double(X)
    pid = lab._connection.pid
    assert Path(f"/proc/{pid}").exists()
    lab.close()
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    ("source", "fault", "text"),
    [
        ("def double(x:\n", SyntaxFault, "code.py, line 1"),
        ("import torch\n", ImportFault, "'torch' cannot be imported"),
        ("import helper\nfrom helper import nothing\n", ImportFault, "nothing"),
        ("1 / 0\n", RaisedFault, "ZeroDivisionError"),
        ("while True: pass\n", TimeoutFault, "CPU time"),
        ("x = 1\n", MissingFault, "double is not defined"),
        ("(" * 5000, SyntaxFault, "code.py"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_named(make, source, fault, text):
    lab = make(
        files={"code.py": source, "helper.py": "", "other.py": "def fine(): return 1"},
        names={"double": "code", "fine": "other"},
    )
    with pytest.raises(fault) as caught:
        lab.double(X)
    assert text in caught.value.got
    if not isinstance(caught.value, WorkerGone):
        assert lab.fine() == 1


def test_a_file_that_intake_refused_is_missing_with_its_reason(make):
    lab = make(files={"other.py": ""}, names={"double": "code"}, unusable={"code.py": "code.py is not UTF-8"})
    with pytest.raises(MissingFault) as caught:
        lab.double(X)
    assert caught.value.got == "code.py is not UTF-8"


def test_plotting_imports_are_inert(make):
    source = """
import matplotlib.pyplot as plt
import matplotlib
from matplotlib import cm
matplotlib.use("Agg")
fig, ax = plt.subplots()
fig2, (a, b) = plt.figure(), (1, 2)
for axis in fig.axes: axis.plot([1])
with plt.style.context("x"): plt.plot([1], label="a"); plt.show()
def double(x): return 2 * x
"""
    lab = make(files={"code.py": source}, names={"double": "code"})
    assert lab.double(2) == 4


def test_own_files_import_each_other_in_every_spelling(make):
    files = {
        "a.py": "import b\nimport b as bb\nfrom b import value\nfrom .b import value as v2\nfrom . import b as b3\n"
        "def same(): return b is bb is b3 and value == v2",
        "b.py": "value = 7",
        "numpy_like.py": "",
    }
    assert make(files=files, names={"same": "a"}).same() is True


def test_a_notebook_gives_its_definitions_and_skips_what_it_ran(make):
    cells = [
        "import numpy as np\npass",
        "scale = 2.0\nhistory = endless()",
        "def endless():\n    while True: pass\nendless()",
        "def double(x): return scale * x",
        "def broken(:\n",
        "assert double(1) == 3",
        "from code import double as again\ndef twice(x): return again(again(x))",
        "triple = (lambda f: lambda x: 3 * x)(None)",
    ]
    lab = make(
        files={"given.py": ""},
        names=dict.fromkeys(["double", "twice", "triple"], "code"),
        cells=cells,
        cell_names=["code"],
    )
    assert (lab.double(4), lab.twice(1), lab.triple(1)) == (8.0, 4.0, 3)


def test_each_worker_starts_from_the_same_state(make):
    source = """
import numpy as np, random
state = []
def draw():
    state.append(1)
    return (float(np.random.rand()), random.random(), len(state))
"""
    draws = {make(files={"code.py": source}, names={"draw": "code"}).draw() for _ in range(3)}
    assert len(draws) == 1


def test_a_zygote_takes_its_workers_with_it():
    with Zygote() as zygote:
        lab = RemoteLab(
            zygote, Handin({"code.py": CODE}, names={"double": "code"}), POLICY, LIMITS, time.monotonic() + 20
        )
        lab.double(X)
        pid = lab._connection.pid
        os.close(lab._connection._output)
        lab._connection._socket.close()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()
