"""Values on the wire: JSON nodes for structure, raw bytes for arrays. Both ends treat what they receive as hostile.

| value | node |
| --- | --- |
| None, bool, str, int (at most 64 bits) | itself |
| float | itself; not a number and infinities as ``{"f": "nan"}`` |
| list, tuple, dict with string keys | ``{"l": [...]}``, ``{"t": [...]}``, ``{"d": {...}}`` |
| NumPy array of one of six dtypes | ``{"a": [dtype, shape, read_only]}``, bytes in the blob, in order of appearance |
| NumPy scalar of one of these | ``{"s": dtype}``, bytes in the blob |
| anything else | ``{"h": number, "c": callable, "n": type name}``: a handle; the object stays where it is |
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

DTYPES = {"<f8": 8, "<f4": 4, "<i8": 8, "<i4": 4, "|u1": 1, "|b1": 1}
MAX_JSON = 64 << 10
MAX_DEPTH = 16
MAX_NODES = 4096
MAX_NDIM = 8
MAX_INT = 1 << 63


class WireError(Exception):
    """What came over the wire breaks the protocol."""


class HandleNode(NamedTuple):
    """A reference to an object that stays on the other side."""

    number: int
    callable: bool
    type_name: str


Blobs = list[np.ndarray[Any, Any]]


def encode(value: object, blobs: Blobs, handle: Callable[[object], Any], depth: int = 0) -> Any:
    """Return the node of ``value``; arrays are appended to ``blobs``, other objects become ``handle(value)``."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -MAX_INT <= value < MAX_INT else handle(value)  # type: ignore[operator]
    if kind is float:
        return value if math.isfinite(value) else {"f": repr(value)}  # type: ignore[arg-type]
    if isinstance(value, np.ndarray):
        code = value.dtype.str
        if kind is not np.ndarray or code not in DTYPES or not value.flags.c_contiguous:
            code = value.dtype.newbyteorder("<").str
            if code not in DTYPES or value.ndim > MAX_NDIM:
                return handle(value)
            # a subclass could lie about any of its methods: its bytes are copied through the base class
            value = np.array(value, dtype=code, order="C", copy=True, subok=False)
        blobs.append(value)
        return {"a": [code, value.shape, not value.flags.writeable]}
    if isinstance(value, np.generic):
        code = value.dtype.newbyteorder("<").str
        if code not in DTYPES:
            return handle(value)
        blobs.append(np.asarray(value, dtype=code).reshape(1))
        return {"s": code}
    if depth < MAX_DEPTH - 1:
        if kind is list:
            return {"l": [encode(item, blobs, handle, depth + 1) for item in value]}  # type: ignore[attr-defined]
        if kind is tuple:
            return {"t": [encode(item, blobs, handle, depth + 1) for item in value]}  # type: ignore[attr-defined]
        if kind is dict and all(type(key) is str for key in value):  # type: ignore[attr-defined]
            return {"d": {key: encode(item, blobs, handle, depth + 1) for key, item in value.items()}}  # type: ignore[attr-defined]
    return handle(value)


class Decoder:
    """Turn nodes back into values, within the caps; every departure from the format is a `WireError`."""

    def __init__(self, blob: bytearray, handle: Callable[[HandleNode], Any]) -> None:
        self._blob = blob
        self._offset = 0
        self._nodes = 0
        self._handle = handle

    def decode(self, node: Any, depth: int = 0) -> Any:
        """Return the value of ``node``."""
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value is nested too deeply or has too many parts")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not dict or not node:
            raise WireError("unknown kind of value")
        kind, body = next(iter(node.items()))
        if kind == "h":
            return self._decode_handle(node)
        if len(node) != 1:
            raise WireError("unknown kind of value")
        if kind == "a":
            return self._decode_array(body)
        if kind == "s":
            return self._take(body, 1, (1,))[0]
        if kind == "f" and body in ("nan", "inf", "-inf"):
            return float(body)
        if kind in ("l", "t") and type(body) is list:
            items = [self.decode(item, depth + 1) for item in body]
            return items if kind == "l" else tuple(items)
        if kind == "d" and type(body) is dict:
            return {key: self.decode(item, depth + 1) for key, item in body.items()}
        raise WireError("unknown kind of value")

    def finish(self) -> None:
        """Raise WireError unless the whole blob was used."""
        if self._offset != len(self._blob):
            raise WireError("array bytes left over")

    def _decode_handle(self, node: dict[str, Any]) -> Any:
        number, is_callable, name = node.get("h"), node.get("c"), node.get("n")
        if len(node) != 3 or type(number) is not int or type(is_callable) is not bool or type(name) is not str:
            raise WireError("malformed handle")
        if not 0 <= number < MAX_INT or len(name) > 80:
            raise WireError("malformed handle")
        return self._handle(HandleNode(number, is_callable, name))

    def _decode_array(self, body: Any) -> Any:
        if type(body) is not list or len(body) != 3:
            raise WireError("malformed array")
        code, shape, read_only = body
        if type(shape) is not list or len(shape) > MAX_NDIM or type(read_only) is not bool:
            raise WireError("malformed array")
        count = 1
        for length in shape:
            if type(length) is not int or not 0 <= length < MAX_INT:
                raise WireError("malformed array")
            count *= length
        array = self._take(code, count, shape)
        if read_only:
            array.flags.writeable = False
        return array

    def _take(self, code: Any, count: int, shape: Sequence[int]) -> Any:
        if type(code) is not str or code not in DTYPES:
            raise WireError("unknown dtype")
        start = self._offset
        end = start + count * DTYPES[code]
        if end > len(self._blob):
            raise WireError("an array is larger than the bytes that came with it")
        self._offset = end
        if code == "|b1":
            # any byte but 0 and 1 in a bool array is undefined behaviour further on
            return np.asarray(np.ndarray(shape, "|u1", self._blob, start) != 0)
        array: np.ndarray[Any, Any] = np.ndarray(shape, code, self._blob, start)
        return array if array.flags.aligned else array.copy()


def _reject(text: str) -> Any:
    raise WireError(f"{text} is not allowed as a number")


def _parse_int(text: str) -> int:
    if len(text) > 20:
        raise WireError("an integer has too many digits")
    return int(text)


_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(parse_int=_parse_int, parse_constant=_reject).scan_once  # type: ignore[attr-defined]
_dump = json.JSONEncoder(ensure_ascii=True, allow_nan=False, check_circular=False, separators=(",", ":")).encode


def parse_json(body: bytes | bytearray | memoryview) -> dict[str, Any]:
    """Parse a frame's JSON object; raises WireError for anything else, however hostile."""
    try:
        text = str(body, "utf-8")
        message, end = _scan(text, 0)
    except (ValueError, RecursionError, StopIteration) as error:
        raise WireError(f"not valid JSON: {type(error).__name__}") from None
    if type(message) is not dict or end != len(text):
        raise WireError("not one JSON object")
    return message


def dump_json(message: dict[str, Any]) -> bytes:
    """Return compact ASCII JSON."""
    return _dump(message).encode()
