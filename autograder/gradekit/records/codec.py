"""Records as JSON: the same record gives the same bytes, and nothing but a valid record is read back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from gradekit.errors import RecordError
from gradekit.records.types import FORMAT, STATUSES, Outcome, Record

MAX_BYTES = 32 << 20
MAX_OUTCOMES = 2_000
MAX_LIST = 200
MAX_TEXT = 16_384  # characters; a worker's output is cut to 4 KB long before
_CUT = "… (cut)"

_RECORD_FIELDS = {field.name for field in fields(Record)}
_OUTCOME_FIELDS = {field.name for field in fields(Outcome)}
_OUTCOME_TEXTS = ("check", "part", "status", "category", "called", "got", "expected", "advice", "data", "output")
_OUTCOME_LISTS = ("remarks", "flags", "misconceptions")


def record_to_json(record: Record) -> bytes:
    """`record` as ASCII JSON with sorted keys; texts and lists beyond the caps are cut, so that none is refused."""
    value = {
        **{name: getattr(record, name) for name in _RECORD_FIELDS - {"outcomes", "remarks"}},
        "reason": _cut(record.reason),
        "remarks": _cut_all(record.remarks),
        "outcomes": [_outcome_to_value(outcome) for outcome in record.outcomes],
    }
    try:
        text = json.dumps(value, sort_keys=True, indent=1, allow_nan=False)
    except ValueError as error:
        raise RecordError(f"record of {record.student!r}: a measure is not a finite number; mend the check.") from error
    return text.encode("ascii") + b"\n"


def record_from_json(content: bytes) -> Record:
    """The record in `content`; RecordError says what is wrong with it and how to mend it."""
    if len(content) > MAX_BYTES:
        raise _damaged(f"it has {len(content):,} bytes, more than any record")
    try:
        value = json.loads(content.decode("ascii"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _damaged("it is not the JSON that gradekit writes") from error
    if not isinstance(value, dict) or not isinstance(value.get("format"), int):
        raise _damaged("it has no `format`")
    if value["format"] != FORMAT or isinstance(value["format"], bool):
        raise RecordError(
            f"it has format {value['format']}, and this gradekit reads format {FORMAT}; delete it and grade again."
        )
    _has_exactly(value, _RECORD_FIELDS, "the record")
    texts = {name: _text(value, name) for name in ("lab", "student", "key", "status", "reason", "kind")}
    if texts["status"] not in ("graded", "ungradable"):
        raise _damaged(f"the status {texts['status'][:40]!r} is unknown")
    if not isinstance(value["confined"], bool):
        raise _damaged("`confined` is not true or false")
    outcomes = value["outcomes"]
    if not isinstance(outcomes, list) or len(outcomes) > MAX_OUTCOMES:
        raise _damaged(f"`outcomes` is not a list of at most {MAX_OUTCOMES}")
    parsed = tuple(_outcome_from_value(outcome) for outcome in outcomes)
    if len({outcome.check for outcome in parsed}) != len(parsed):
        raise _damaged("it has two outcomes of one check")
    return Record(**texts, confined=value["confined"], remarks=_texts(value, "remarks"), outcomes=parsed)  # type: ignore[arg-type]


def _outcome_to_value(outcome: Outcome) -> dict[str, Any]:
    return {
        **{name: _cut(getattr(outcome, name)) for name in _OUTCOME_TEXTS},
        **{name: _cut_all(getattr(outcome, name)) for name in _OUTCOME_LISTS},
        "measures": {name: float(number) for name, number in outcome.measures.items()},
    }


def _outcome_from_value(value: object) -> Outcome:
    if not isinstance(value, dict):
        raise _damaged("an outcome is not an object")
    _has_exactly(value, _OUTCOME_FIELDS, "an outcome")
    texts: dict[str, Any] = {name: _text(value, name) for name in _OUTCOME_TEXTS}
    if texts["status"] not in STATUSES:
        raise _damaged(f"the outcome {texts['status'][:40]!r} is unknown")
    measures = value["measures"]
    if not isinstance(measures, dict) or len(measures) > MAX_LIST:
        raise _damaged("`measures` is not an object of numbers")
    for number in measures.values():
        if not isinstance(number, float) or not math.isfinite(number):
            raise _damaged("a measure is not a finite number")
    lists: dict[str, Any] = {name: _texts(value, name) for name in _OUTCOME_LISTS}
    return Outcome(**texts, **lists, measures=measures)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(_CUT)] + _CUT


def _cut_all(texts: tuple[str, ...]) -> list[str]:
    return [_cut(text) for text in texts[:MAX_LIST]]


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value[name]
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise _damaged(f"`{name}` is not a text of at most {MAX_TEXT} characters")
    return text


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = value[name]
    if not isinstance(texts, list) or len(texts) > MAX_LIST:
        raise _damaged(f"`{name}` is not a list of at most {MAX_LIST} texts")
    return tuple(_text({name: text}, name) for text in texts)


def _has_exactly(value: Mapping[str, Any], names: set[str], what: str) -> None:
    if value.keys() != names:
        odd = sorted(value.keys() ^ names)[0]
        raise _damaged(f"{what} {'lacks' if odd in names else 'has an unknown'} field {odd[:40]!r}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _damaged(what: str) -> RecordError:
    return RecordError(f"it is damaged: {what}; delete it and grade again.")
