"""Values on the wire: what crosses comes back equal, and nothing that breaks the format gets through."""

import contextlib
import json
import math
import os
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradekit.boundary.values import (
    DTYPES,
    MAX_DEPTH,
    MAX_NODES,
    Decoder,
    HandleNode,
    WireError,
    dump_json,
    encode,
    parse_json,
)

HONEST_EXAMPLES = 300
EXAMPLES = int(os.environ.get("GRADEKIT_FUZZ_EXAMPLES", "3500"))


def refuse(value):
    raise AssertionError(f"{value!r} became a handle")


def cross(value, handle=refuse):
    blobs = []
    node = encode(value, blobs, handle)
    message = parse_json(dump_json({"v": node}))
    decoder = Decoder(bytearray(b"".join(blob.tobytes() for blob in blobs)), lambda found: found)
    result = decoder.decode(message["v"])
    decoder.finish()
    return result


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
@settings(max_examples=HONEST_EXAMPLES, deadline=None)
def test_plain_values_come_back_with_type_and_value(value):
    assert repr(cross(value)) == repr(value)


@given(
    hnp.arrays(
        st.sampled_from(sorted(DTYPES)).map(np.dtype), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
    )
)
@settings(max_examples=HONEST_EXAMPLES, deadline=None)
def test_arrays_come_back_with_dtype_shape_and_bytes(array):
    result = cross(array)
    assert type(result) is np.ndarray
    assert (result.dtype, result.shape, result.tobytes()) == (array.dtype, array.shape, array.tobytes())


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3).T, np.arange(6, dtype=">f8"), np.arange(10)[::3]])
def test_any_memory_layout_crosses_by_value(array):
    np.testing.assert_array_equal(cross(array), array)


def test_numpy_scalars_stay_scalars_and_zero_dimensional_arrays_stay_arrays():
    assert type(cross(np.float32(0.5))) is np.float32
    assert type(cross(np.array(0.5))) is np.ndarray
    assert math.isnan(cross(np.float64("nan")))


def test_a_subclass_crosses_as_a_plain_array_whatever_its_methods_say():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

        def tobytes(self, order="C"):  # noqa: ARG002
            return b"\0" * 24

    result = cross(np.arange(3.0).view(Liar))
    assert type(result) is np.ndarray
    assert result.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "value", [1j, np.array([1j]), np.array(["a"]), np.array([object()]), 2**63, {1: 2}, {3}, b"x", np.float16(1)]
)
def test_everything_else_stays_behind_as_a_handle(value):
    result = cross(value, handle=lambda _: {"h": 7, "c": False, "n": "x"})
    assert result == HandleNode(7, False, "x")


def test_read_only_arrays_arrive_read_only():
    array = np.arange(3.0)
    array.flags.writeable = False
    assert not cross(array).flags.writeable
    assert cross(np.arange(3.0)).flags.writeable


HOSTILE = [
    {},
    {"x": 1},
    {"a": 1},
    {"a": ["<f8", [1], True, 0]},
    {"a": ["<f8", [-1], True]},
    {"a": ["<f8", [1.0], True]},
    {"a": ["<f8", [True], True]},
    {"a": ["|O", [1], True]},
    {"a": ["<f8", [1 << 40], True]},
    {"a": ["<f8", [0] * 9, True]},
    {"a": ["<f8", [1 << 62, 1 << 62], True]},
    {"s": "<c16"},
    {"s": ["<f8"]},
    {"f": "1e5"},
    {"l": {}},
    {"t": "ab"},
    {"d": []},
    {"h": -1, "c": True, "n": ""},
    {"h": 1, "c": 1, "n": ""},
    {"h": 1, "c": True, "n": "x" * 81},
    {"h": True, "c": True, "n": ""},
    {"l": [], "t": []},
    {"h": 1},
    [],
]


@pytest.mark.parametrize("node", HOSTILE, ids=json.dumps)
def test_malformed_nodes_are_refused(node):
    with pytest.raises(WireError):
        Decoder(bytearray(8), lambda found: found).decode(node)


def test_depth_nodes_and_leftover_bytes_are_capped():
    deep = None
    for _ in range(MAX_DEPTH + 2):
        deep = {"l": [deep]}
    with pytest.raises(WireError):
        Decoder(bytearray(), refuse).decode(deep)
    with pytest.raises(WireError):
        Decoder(bytearray(), refuse).decode({"l": [None] * MAX_NODES})
    decoder = Decoder(bytearray(8), refuse)
    decoder.decode(None)
    with pytest.raises(WireError):
        decoder.finish()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"{",
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":' + b"9" * 21 + b"}",
        b"[" * 60_000,
        b'{"a":' * 9_000,
        b"\xff",
        b"{} {}",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_hostile_json_is_refused(body):
    with pytest.raises(WireError):
        parse_json(body)


def test_a_bool_array_holds_only_zeros_and_ones_whatever_bytes_came():
    decoder = Decoder(bytearray(b"\x00\x01\x07"), refuse)
    assert decoder.decode({"a": ["|b1", [3], False]}).view("u1").tolist() == [0, 1, 1]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["<f8", "|u1", "nan", ""]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("aslftdhcnx"), inner, max_size=3),
    max_leaves=30,
)


@given(json_like, st.binary(max_size=64))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_decoder_raises_only_its_own_error_and_allocates_no_more_than_came(node, blob):
    decoder = Decoder(bytearray(blob), lambda found: found)
    try:
        value = decoder.decode(node)
    except WireError:
        return
    total = sum(part.nbytes for part in arrays_in(value))
    assert total <= len(blob)


@given(json_like, st.binary(max_size=64))
@settings(max_examples=EXAMPLES // 5, deadline=None)
def test_decoding_takes_no_more_memory_than_a_small_multiple_of_what_came(node, blob):
    came = len(blob) + len(json.dumps(node))
    decoder = Decoder(bytearray(blob), lambda found: found)
    tracemalloc.start()
    with contextlib.suppress(WireError):
        decoder.decode(node)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # an empty list is 2 bytes of JSON and 56 of Python; errors and their frames take some KiB
    assert peak < 16_384 + 200 * came


def arrays_in(value):
    if isinstance(value, np.ndarray | np.generic):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from arrays_in(part)
    elif isinstance(value, list | tuple) and not isinstance(value, HandleNode):
        for part in value:
            yield from arrays_in(part)


@given(st.binary(max_size=200))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_as_json_raise_only_the_declared_error(body):
    try:
        assert type(parse_json(body)) is dict
    except WireError:
        return
