"""The Arabic article before names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.articles import has_article, without_article


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("al-Tahtawi", "Tahtawi"),
        ("ash-Sharqi", "Sharqi"),
        ("el‑Obeid", "Obeid"),  # a hyphen at which no line ends
        ("Al-Tahtawi", "Al-Tahtawi"),  # with a capital it is part of the name
        ("alTahtawi", "alTahtawi"),
        ("Tahtawi", "Tahtawi"),
    ],
)
def test_a_name_without_its_article(name: str, bare: str) -> None:
    assert without_article(name) == bare


def test_the_article_shows_a_name() -> None:
    assert has_article("al-tahtawi")
    assert not has_article("at-large")  # an English word
    assert not has_article("alto")


@given(st.text(max_size=12))
def test_only_the_head_of_a_name_is_taken_off(name: str) -> None:
    assert name.endswith(without_article(name))
