"""Numbers in several national habits: right, or an honest blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom import lexicons
from bywhom.grounding.numbers import NumberTable, digits_value, number_value

TABLE = lexicons.load("lexicons/numbers", NumberTable)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("40", 40),
        ("1,200", 1200),
        ("1.000.000", 1_000_000),
        ("1,234,567", 1_234_567),
        ("1,5", 1.5),
        ("0.125", 0.125),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("20 000", 20_000),
        ("٣", 3),
        ("١٬٢٠٠", 1200),
        ("1.000", None),  # a thousand on the continent, one in London
        ("1,00,0", None),
        ("1.2.3", None),
        ("9" * 16, None),
    ],
)
def test_digits_are_read_or_left_blank(written: str, value: float | None) -> None:
    assert digits_value(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("seventeen", 17),
        ("twenty-five", 25),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("three hundred and fifty", 350),
        ("two thousand five hundred", 2500),
        ("one hundred and fifty thousand", 150_000),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("2.5 million", 2_500_000),
        ("zero", 0),
        ("the enemy", None),
    ],
)
def test_words_add_up_and_multiply(written: str, value: float | None) -> None:
    assert number_value(written, TABLE) == value


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_number_with_english_thousands_is_itself(number: int) -> None:
    assert digits_value(f"{number:,}") == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(written: str) -> None:
    assert number_value(written, TABLE) is None or number_value(written, TABLE) >= 0  # type: ignore[operator]
