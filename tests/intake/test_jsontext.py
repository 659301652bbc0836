from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.intake.jsontext import Refused, canonical, decoded, keyed_twice, parse, writable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON (expecting value at character 1)"),
        ('{"text": "The redoubt', "is not JSON (unterminated string at character 10)"),
        ('{"text": "a"} b', "is not JSON (extra data at character 15)"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a":' * 100_000, "is nested too deeply"),
        ('{"dead": ' + "9" * 5000 + "}", "is not JSON (a number in it is too long)"),
    ],
)
def test_hostile_text_is_refused_with_a_reason(text: str, reason: str) -> None:
    assert parse(text) == Refused(reason)


def test_nan_is_nothing_and_control_characters_are_kept() -> None:
    assert parse('{"dead": NaN, "text": "a\tb\0c"}') == {"dead": None, "text": "a\tb\0c"}


def test_the_last_of_two_equal_keys_counts_and_is_noticed() -> None:
    twice = parse('{"text": "a", "text": "b"}')
    assert twice == {"text": "b"}
    assert keyed_twice(twice)
    assert not keyed_twice({"text": "b"})


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    parse(text)


@given(VALUES)
def test_one_value_is_always_the_same_bytes(value: object) -> None:
    written = canonical(value)  # type: ignore[arg-type]
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_halves_of_surrogate_pairs_are_kept_in_the_archive_and_replaced_in_the_text() -> None:
    value = parse('{"text": "a\\ud800b"}')
    assert not isinstance(value, Refused)
    assert canonical(value) == b'{"text":"a\\ud800b"}'
    assert writable("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "text", "replaced"),
    [
        (b"caf\xc3\xa9", "café", 0),
        (b"caf\xe9 noir", "caf\ufffd noir", 1),
        ("a\ufffd".encode() + b"\xff", "a\ufffd\ufffd", 1),
    ],
)
def test_damaged_utf8_is_counted(data: bytes, text: str, replaced: int) -> None:
    assert decoded(data) == (text, replaced)
