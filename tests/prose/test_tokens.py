"""Words and marks, each at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fort fell.", ["The", "fort", "fell", "."]),
        ("Gen. Osei's U.S.-made gun", ["Gen.", "Osei's", "U.S.", "-", "made", "gun"]),
        ("1,200 men, 3.5 km", ["1,200", "men", ",", "3.5", "km"]),
        ("the 3rd re-entered", ["the", "3rd", "re-entered"]),
        ("didn’t “go”…", ["didn’t", "“", "go", "”", "…"]),
        ("re-entered abc1 ab_c it's men- ok’", ["re-entered", "abc", "1", "ab", "_c", "it's", "men", "-", "ok", "’"]),
        ("Al-Rashid and São Tomé", ["Al-Rashid", "and", "São", "Tomé"]),
    ],
)
def test_words_and_marks(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@given(st.text())
def test_every_character_but_blanks_is_in_one_token(text: str) -> None:
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert "".join(t.text for t in found) == "".join(text.split())
