"""Honest code does not notice confinement: NumPy, Python's own services, and the exceptions that a mistake leads to."""

from __future__ import annotations

import pytest
from children import run_program

from gradekit.confinement import availability

pytestmark = pytest.mark.skipif(
    not all(state.available for state in availability()), reason="this machine cannot confine workers"
)

IMPORTS = """
import contextlib, copy, gc, hashlib, io, linecache, locale, random, secrets, threading, time, traceback, warnings
import numpy as np, numpy.fft, numpy.linalg, numpy.ma, numpy.polynomial, numpy.random, numpy.testing
with contextlib.suppress(ImportError):
    import numpy.linalg._linalg, numpy._core._methods
"""

ACTIONS = {
    "linear algebra": """
rng = np.random.default_rng(0)
a, b = rng.standard_normal((60, 60)), rng.standard_normal((60, 3))
u, s, v = np.linalg.svd(a)
w, x = np.linalg.eig(a)
assert np.allclose(u * s @ v, a) and np.allclose(a @ x, x * w) and np.allclose(a @ np.linalg.inv(a), np.eye(60))
assert np.allclose(a @ np.linalg.solve(a, b), b) and np.allclose(a @ np.linalg.lstsq(a, b, rcond=None)[0], b)
assert np.linalg.matrix_rank(a) == 60 and np.linalg.qr(a)[0].shape == np.linalg.eigh(a + a.T)[1].shape
""",
    "large products": """
for kind in (np.float32, np.float64):
    product = np.ones((1500, 900), kind) @ np.ones((900, 1100), kind)
    assert product.dtype == kind and (product == 900).all()
assert (np.arange(12).reshape(3, 4) @ np.arange(12).reshape(4, 3))[2, 2] == 262
""",
    "random numbers": """
assert np.random.default_rng().random(5).shape == (5,)
np.random.seed(3)
first = np.random.randn(4)
np.random.seed(3)
assert (np.random.randn(4) == first).all()
np.random.seed()
random.seed()
assert 0 <= random.random() < 1 and len(secrets.token_bytes(8)) == len(os.urandom(8)) and secrets.randbelow(9) < 9
assert sorted(random.sample(range(9), 9)) == list(range(9))
""",
    "transforms and reductions": """
x = np.arange(64.0)
assert np.allclose(np.fft.ifft(np.fft.fft(x)), x) and (np.sort(x[::-1]) == x).all()
assert np.einsum("ij,jk,kl->il", *[np.ones((30, 30))] * 3, optimize=True)[0, 0] == 900
assert np.allclose(np.polynomial.Polynomial.fit(x, x**2, 2)(3.0), 9)
assert np.isclose(np.ma.masked_array(x, x > 3).sum(), 6) and np.unique(x % 4).size == 4
assert np.argsort(np.random.default_rng(1).random(300_000), kind="stable").size == 300_000
assert "0." in repr(np.linspace(0, 1, 3)) and np.lib.stride_tricks.sliding_window_view(x, 3).shape == (62, 3)
""",
    "warnings": """
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("odd", stacklevel=1)
    np.exp(np.array([1e4]))
    np.log(np.array([0.0]))
assert [warning.category for warning in caught] == [UserWarning, RuntimeWarning, RuntimeWarning]
with contextlib.redirect_stderr(io.StringIO()) as shown, warnings.catch_warnings():
    warnings.simplefilter("default")
    warnings.warn("shown", stacklevel=1)
assert "shown" in shown.getvalue()
""",
    "tracebacks": """
try:
    exec(compile("def f():\\n    return 1 / 0\\nf()", "layers.py", "exec"), {})
except ZeroDivisionError:
    text = traceback.format_exc()
assert 'File "layers.py", line 2' in text and text.rstrip().endswith("ZeroDivisionError: division by zero")
linecache.checkcache()
assert linecache.getline("/etc/passwd", 1) == ""
""",
    "time": """
started = time.perf_counter(), time.process_time(), time.time()
time.sleep(0.01)
assert time.perf_counter() - started[0] >= 0.01 and time.process_time() >= started[1] and time.time() > started[2]
assert time.strftime("%Y", time.localtime(0)) in ("1969", "1970") and time.monotonic() > 0
""",
    "Python's own services": """
with contextlib.redirect_stdout(io.StringIO()) as printed:
    print("hello", flush=True)
assert printed.getvalue() == "hello\\n" and copy.deepcopy([np.ones(3)])[0].sum() == 3 and gc.collect() >= 0
assert os.getpid() > 0 and os.times().user >= 0 and os.cpu_count() and hash("x") == hash("x")
assert hashlib.sha256(b"x").hexdigest().startswith("2d711642") and f"{1234.5:,}" == "1,234.5"
import numpy.linalg, math
""",
    "endless recursion": """
def deeper(n):
    return deeper(n + 1)
try:
    deeper(0)
except RecursionError:
    pass
else:
    raise AssertionError("no end")
""",
    "memory again and again": """
for _ in range(8):
    big = np.ones(8 << 20)
    joined = np.concatenate([big, big])
    del big, joined
small = [np.zeros(100) for _ in range(50_000)]
rows = list(range(2_000_000))
rows.extend(rows[:10])
assert len(small) == 50_000 and len(rows) == 2_000_010
""",
    "too much memory": """
try:
    np.ones(1 << 30)
except MemoryError:
    pass
else:
    raise AssertionError("8 GiB were given")
assert np.ones(1 << 20).sum() == 1 << 20
""",
    "threads are an ordinary exception": """
try:
    threading.Thread(target=int).start()
except RuntimeError as error:
    assert "can't start new thread" in str(error)
else:
    raise AssertionError("a thread started")
""",
    "files are an ordinary exception": """
for attempt in (
    lambda: open("/etc/passwd"), lambda: os.listdir("/"), lambda: os.stat("/"), lambda: os.getcwd(), lambda: os.mkdir("x"),
    lambda: np.save("x.npy", np.ones(3)), lambda: np.loadtxt("x.csv"), lambda: os.kill(os.getpid(), 9), os.fork,
):
    try:
        attempt()
    except PermissionError:
        continue
    except FileNotFoundError:
        # np.loadtxt asks whether the file is there, and a refusal looks like a no
        continue
    raise AssertionError("permitted")
""",
    "a module that was not preloaded cannot be had": """
try:
    import xml.dom.minidom
except ImportError:
    pass
else:
    raise AssertionError("imported")
""",
}


def test_honest_code_runs_as_ever() -> None:
    functions = "\n".join(
        f"def action_{number}():\n" + "".join(f"    {line}\n" for line in source.strip().splitlines())
        for number, source in enumerate(ACTIONS.values())
    )
    calls = ", ".join(f"action_{number}" for number in range(len(ACTIONS)))
    outcomes = run_program(
        f"{IMPORTS}\n{functions}\nprint(json.dumps([confined(action, memory=1 << 30, cpu=60) for action in ({calls})]))"
    )
    assert dict(zip(ACTIONS, outcomes, strict=True)) == {title: ["value", None] for title in ACTIONS}
