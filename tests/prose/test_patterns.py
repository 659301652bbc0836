"""Lists of words as parts of patterns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.patterns import ANY_BLANK, one_of


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["gun", "gunboat"], "gunboats", "gunboat"),  # the longest first
        (["gunboat", "gun"], "gunboats", "gunboat"),
        (["u.s."], "u.s.", "u.s."),
        (["u.s."], "uxsx", None),  # marks stand for themselves
        (["so far"], "so  far", None),
    ],
)
def test_the_longest_word_is_found_as_it_stands(words: list[str], text: str, found: str | None) -> None:
    seen = re.match(one_of(words), text)
    assert (seen[0] if seen else None) == found


def test_between_the_words_of_a_phrase_may_stand_any_blank() -> None:
    assert re.fullmatch(one_of(["so far"], ANY_BLANK), "so \n far")


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=6))
def test_every_word_is_found_whatever_it_is(words: list[str]) -> None:
    pattern = re.compile(f"(?:{one_of(words)})")
    assert all(pattern.fullmatch(word) for word in words)
