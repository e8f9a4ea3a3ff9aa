"""A record becomes the same bytes every time, and only a sound record is read back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.errors import RecordError
from gradekit.records import STATUSES, Outcome, Record, record_from_json, record_to_json

TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.none() | st.booleans() | st.integers() | NUMBERS | TEXT | st.lists(TEXT | NUMBERS, max_size=3)
OUTCOMES = st.builds(
    Outcome,
    check=TEXT,
    part=TEXT,
    status=st.sampled_from(STATUSES),
    category=TEXT,
    called=TEXT,
    got=TEXT,
    expected=TEXT,
    advice=TEXT,
    measures=st.dictionaries(TEXT, NUMBERS, max_size=3),
    data=TEXT,
    remarks=TEXTS,
    flags=TEXTS,
    misconceptions=TEXTS,
    output=TEXT,
)
RECORDS = st.builds(
    Record,
    lab=TEXT,
    student=TEXT,
    key=TEXT,
    status=st.sampled_from(["graded", "ungradable"]),
    reason=TEXT,
    confined=st.booleans(),
    kind=TEXT,
    remarks=TEXTS,
    outcomes=st.lists(OUTCOMES, max_size=4, unique_by=lambda outcome: outcome.check).map(tuple),
)
SOUND = Record(
    "toy", "student-001", "k", "graded", outcomes=(Outcome("test_a", "a", "passed", measures={"accuracy": 0.5}),)
)


@given(RECORDS)
def test_what_is_written_is_read_back(record):
    assert record_from_json(record_to_json(record)) == record


@given(RECORDS)
def test_the_bytes_are_ascii_with_sorted_keys_and_do_not_depend_on_order(record):
    content = record_to_json(record)
    value = json.loads(content)
    assert content == json.dumps(value, sort_keys=True, indent=1, ensure_ascii=True).encode("ascii") + b"\n"
    reordered = replace(
        record,
        outcomes=tuple(
            replace(outcome, measures=dict(reversed(outcome.measures.items()))) for outcome in record.outcomes
        ),
    )
    assert record_to_json(reordered) == content


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_arbitrary_bytes_raise_nothing_but_record_errors(content):
    with pytest.raises(RecordError):
        record_from_json(content)


@given(st.data())
@settings(max_examples=300)
def test_a_record_with_one_value_exchanged_is_read_or_refused(data):
    value = json.loads(record_to_json(SOUND))
    target = data.draw(st.sampled_from([value, value["outcomes"][0], value["outcomes"][0]["measures"]]))
    key = data.draw(st.sampled_from(sorted(target)))
    target[key] = data.draw(VALUES)
    try:
        record = record_from_json(json.dumps(value).encode())
    except RecordError as error:
        assert "grade again" in str(error)
    else:
        assert json.loads(record_to_json(record)) == value


def changed(**changes):
    return json.dumps({**json.loads(record_to_json(SOUND)), **changes}).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (changed(format=2), "has format 2, and this gradekit reads format 1; delete it and grade again"),
        (changed(format=True), "format"),
        (changed(status="perfect"), "'perfect' is unknown"),
        (changed(confined="yes"), "`confined` is not true or false"),
        (changed(extra=1), "unknown field 'extra'"),
        (changed(reason="x" * 20_000), "`reason` is not a text of at most"),
        (changed(outcomes=[{}]), "an outcome lacks field"),
        (changed(outcomes=json.loads(record_to_json(SOUND))["outcomes"] * 2), "two outcomes of one check"),
        (record_to_json(SOUND).replace(b"0.5", b"NaN"), "not the JSON"),
        (record_to_json(SOUND).replace(b"0.5", b"1e999"), "not a finite number"),
        (record_to_json(SOUND).replace(b'"key"', b'"lab"'), "not the JSON"),
        (b"[" * 100_000, "not the JSON"),
        (b" " * ((32 << 20) + 1), "more than any record"),
        (record_to_json(SOUND)[:-20], "not the JSON"),
        (b"", "not the JSON"),
    ],
)
def test_a_damaged_record_is_refused_with_what_is_wrong(content, words):
    with pytest.raises(RecordError, match=words):
        record_from_json(content)


def test_long_texts_and_lists_are_cut_and_the_record_stays_readable():
    outcome = Outcome("test_a", "a", "failed", got="x" * 10**6, remarks=("r",) * 1000)
    stored = record_from_json(record_to_json(replace(SOUND, reason="y" * 10**6, outcomes=(outcome,))))
    assert stored.reason.startswith("yyy")
    assert stored.reason.endswith("(cut)")
    assert len(stored.outcomes[0].got) == 16_384
    assert len(stored.outcomes[0].remarks) == 200


def test_a_measure_that_is_no_number_is_not_written():
    outcome = Outcome("test_a", "a", "passed", measures={"accuracy": float("nan")})
    with pytest.raises(RecordError, match="not a finite number"):
        record_to_json(replace(SOUND, outcomes=(outcome,)))


def test_two_outcomes_of_one_check_make_no_record():
    with pytest.raises(ValueError, match="two outcomes of one check"):
        replace(SOUND, outcomes=SOUND.outcomes * 2)
