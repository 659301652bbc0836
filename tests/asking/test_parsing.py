"""Answers as models give them: whole, in a fence, with talk around them, broken off, or no answer at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.asking.parsing import Parsed, parse

A, B = {"text": "the bridge fell", "via": []}, {"text": "it was rebuilt", "via": [{"name": "a"}]}
WHOLE = json.dumps({"claims": [A, B]})
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.just("claims"), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        json.dumps([A, B]),
        json.dumps({"claims": [A, B]}, indent=2),
        f"```json\n{WHOLE}\n```",
        f"```\n{json.dumps([A, B])}\n```",
        f"Here are the claims that I found:\n\n{WHOLE}\n\nLet me know if you need {{more}}.",
        f"Of the form {{claims}}:\n```json\n{WHOLE}\n```",
        f"<think>It says {{...}} and [so on].</think>\n{WHOLE}",
        f"\ufeff{WHOLE}",
        WHOLE[:-1],  # all claims are there
    ],
)
def test_the_claims_of_an_answer_are_found(answer: str) -> None:
    assert parse(answer) == Parsed((A, B))


@pytest.mark.parametrize("answer", ['{"claims": []}', "[]", '```json\n{"claims": []}\n```'])
def test_no_claims_are_an_answer(answer: str) -> None:
    assert parse(answer) == Parsed(())


@pytest.mark.parametrize("cut", [len(WHOLE) - 2, len(WHOLE) - 4, WHOLE.index(json.dumps(B)) + 3])
def test_what_broke_off_gives_the_claims_before(cut: int) -> None:
    found = parse(WHOLE[:cut])
    assert found is not None
    assert not found.whole
    assert found.claims[0] == A


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I cannot help with that.",
        "null",
        "7",
        '"claims"',
        '{"claims": 7}',
        '{"claim": []}',
        WHOLE[:20],
        "{}",
        "[" * 9000,
    ],
)
def test_nothing_can_be_made_of_other_words(answer: str) -> None:
    assert parse(answer) is None


@given(st.text(st.sampled_from('[]{}":,claimstext` \n\\1') | st.characters(), max_size=80))
def test_no_answer_breaks_the_reading(answer: str) -> None:
    found = parse(answer)
    assert found is None or isinstance(found.claims, tuple)


@given(ANY)
def test_no_json_breaks_the_reading(value: object) -> None:
    found = parse(json.dumps({"claims": value}))
    assert repr(found) == repr(Parsed(tuple(value))) if isinstance(value, list) else True  # NaN is not itself


@pytest.mark.parametrize("filling", ["[", "{", '{"claims":', '{"text":"a"},', "```\n", "9"])
def test_a_gigantic_answer_takes_no_longer_than_its_length(filling: str) -> None:
    parse(filling * 200_000)
