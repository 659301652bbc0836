"""A time of any precision, and the days that bound it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.ledger.days import bounds, is_time


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1855-06-17", "1855-06-17", "1855-06-17"),
        ("1855-06-17T04:30", "1855-06-17", "1855-06-17"),
        ("1855-06", "1855-06-01", "1855-06-30"),
        ("1856-02", "1856-02-01", "1856-02-29"),
        ("1855", "1855-01-01", "1855-12-31"),
        ("185X", "1850-01-01", "1859-12-31"),
        ("185", "1850-01-01", "1859-12-31"),
        ("1855-W25", "1855-06-18", "1855-06-24"),
        ("1854-09/1855-09", "1854-09-01", "1855-09-30"),
        ("1854-09/..", "1854-09-01", None),
        ("../1855", None, "1855-12-31"),
        ("1854/", "1854-01-01", None),
        ("XXXX-11-22", None, None),  # the year is not known: no day can be given
        ("XXXX-WXX-5", None, None),
        ("1855-02-30", None, None),
        ("1855-13", None, None),
        ("1855-00", None, None),
        ("0000", None, None),
        ("99999", None, None),
        ("1855-SU", None, None),
        ("PAST_REF", None, None),
        ("", None, None),
    ],
)
def test_bounds(value: str, first: str | None, last: str | None) -> None:
    assert bounds(value) == (first, last)


@given(st.dates())
def test_a_day_bounds_itself_and_lies_within_its_month_and_year(day: date) -> None:
    assert bounds(day.isoformat()) == (str(day), str(day))
    for wider in (f"{day:%Y-%m}".rjust(7, "0"), f"{day.year:04}"):
        first, last = bounds(wider)
        assert first is not None
        assert last is not None
        assert first <= str(day) <= last


@given(st.text(max_size=12))
def test_any_text_has_bounds_that_are_in_order_or_none(value: str) -> None:
    first, last = bounds(value)
    assert "/" in value or (first is None) == (last is None)
    assert "/" in value or first is None or str(first) <= str(last)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("1855-06-17", True),
        ("1855-06-17T04:30", True),
        ("1855-06", True),
        ("1855", True),
        ("1855-W25", True),
        ("1854-09/1855-09", True),
        ("1854-09/..", True),
        ("XXXX-02-29", True),  # in some years
        ("June", False),
        ("17 June 1855", False),
        ("1855-06-31", False),
        ("1855-13", False),
        ("1855-09/1854-09", False),
        ("1854-09/", False),
        ("../..", False),
        ("XXXX", False),
        ("XXXX-02-30", False),
        ("", False),
        ("/", False),
    ],
)
def test_what_a_person_may_put_for_a_time(value: str, *, told: bool) -> None:
    assert is_time(value) is told


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_a_time(day: date) -> None:
    assert is_time(str(day))
    assert is_time(f"XXXX{str(day)[4:]}")
