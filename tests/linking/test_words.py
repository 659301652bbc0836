"""Words made alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.linking.words import folded, runs, stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liège’s mayor", ["liege", "mayor"]),
        ("1,200 men — and 3.5 tons", ["1,200", "men", "and", "3.5", "tons"]),
        ("", []),
        ("ŁÓDŹ", ["łodz"]),
    ],
)
def test_folded(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("attack", "attacks", "attacked", "attacking"), {"attack"}),
        (("injury", "injuries"), {"injury"}),
        (("stopped", "stop"), {"stop"}),
        (("1917",), {"1917"}),
        (("is", "gas"), {"is", "gas"}),
    ],
)
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...], expected: set[str]) -> None:
    assert {stem(word) for word in words} == expected


@given(st.lists(st.text(min_size=1), max_size=8), st.integers(1, 4))
def test_runs_cover_all_words(words: list[str], length: int) -> None:
    assert {word for run in runs(words, length) for word in run} == set(words)
