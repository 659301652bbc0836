from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.intake.jsonstream import Element, elements
from bywhom.intake.jsontext import Refused

LIMIT = 1 << 20
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, so that every value is torn somewhere."""

    def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002
        return super().read(7)


def walk(data: str | bytes, limit: int = LIMIT) -> list[Element | Refused]:
    return list(elements(Dripping(data if isinstance(data, bytes) else data.encode()), limit))


@settings(deadline=None)
@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 0, 2]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_item_of_a_list_is_found_however_the_bytes_come(
    values: list[object], indent: int | None, encoding: str
) -> None:
    found = walk(json.dumps(values, indent=indent, ensure_ascii=False).encode(encoding))
    assert [item.value for item in found if isinstance(item, Element)] == values
    assert [item.number for item in found if isinstance(item, Element)] == list(range(1, len(values) + 1))


def test_a_list_inside_an_object_comes_with_what_stands_before_it() -> None:
    *items, outermost = walk('{"name": "Camp", "messages": [1, 2], "more": 3}')
    assert [(item.value, item.list_name) for item in items if isinstance(item, Element)] == [
        (1, "messages"),
        (2, "messages"),
    ]
    assert outermost == Element({"name": "Camp", "more": 3})


def test_chats_of_a_whole_account_are_walked_one_by_one() -> None:
    export = {"chats": {"list": [{"id": 1, "messages": ["a"]}, {"id": 2, "messages": ["b", "c"]}]}, "left_chats": {}}
    found = [item for item in walk(json.dumps(export)) if isinstance(item, Element) and item.nested]
    assert [(item.around, item.value) for item in found] == [({"id": 1}, "a"), ({"id": 2}, "b"), ({"id": 2}, "c")]


@pytest.mark.parametrize(
    ("data", "values", "reason"),
    [
        ('[1, 2, {"a"', [1, 2], "is not JSON (expecting ':' delimiter at character 12), or breaks off in the middle"),
        ("[1, 2,", [1, 2], "breaks off in the middle"),
        ("[1 2]", [1], "is not JSON (no ',' at character 4)"),
        ("[1, x]", [1], "is not JSON (expecting value at character 5), or breaks off in the middle"),
        ("[1] and more", [1], "goes on after its end, at character 5"),
        ("[1, " + "[" * 100_000, [1], "is nested too deeply"),
        ("words", [], "is not JSON (no '{' at character 1)"),
        ('{5: "a"}', [], "is not JSON (a key is missing at character 3)"),
        ("[" + "9" * 5000, [], "is not JSON (a number in it is too long), or breaks off in the middle"),
    ],
)
def test_what_comes_before_a_fault_is_found(data: str, values: list[object], reason: str) -> None:
    *items, fault = walk(data)
    assert [item.value for item in items if isinstance(item, Element)] == values
    assert fault == Refused(reason)


def test_damaged_utf8_is_counted() -> None:
    *items, fault = walk(b'["caf\xe9 noir"]')
    assert [item.value for item in items if isinstance(item, Element)] == ["caf\ufffd noir"]
    assert fault == Refused("is not UTF-8: 1 characters were replaced by U+FFFD")


def test_an_endless_item_is_given_up() -> None:
    (fault,) = elements(io.BytesIO(b'["' + b"x" * 3_000_000), 100_000)
    assert isinstance(fault, Refused)
    assert fault.reason.startswith("has an item longer than")


def test_an_object_of_a_million_keys_is_not_held() -> None:
    data = "{" + ",".join(f'"{number}": 1' for number in range(5000)) + "}"
    (fault,) = elements(io.BytesIO(data.encode()), 1 << 20)
    assert fault == Refused("has too many keys in one object")


@given(st.binary(max_size=200))
def test_any_bytes_are_walked_to_their_end(data: bytes) -> None:
    walk(data)
    walk(b"[" + data)
    walk(b'{"messages": [' + data)
