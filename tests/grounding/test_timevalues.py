"""The calendar behind the values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.timevalues import (
    Moment,
    day_value,
    days_of,
    iso_span,
    moment,
    moved,
    nth_weekday,
    valid,
    week_value,
)


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("1871-01-18", Moment(1871, 1, 18)),
        ("1871-01-18TNI", Moment(1871, 1, 18)),
        ("1871-01", Moment(1871, 1)),
        ("1871-SP", Moment(1871)),
        ("1870-W34", Moment(1870, 8, 22)),
        ("P3D", None),
        ("XXXX-05-03", None),
        ("1871-02-31", None),
        ("0000-01-01", None),
        (None, None),
    ],
)
def test_a_value_gives_the_moment_at_its_head(value: str | None, known: Moment | None) -> None:
    assert moment(value) == known


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("1950-06-25T11:00", "1950-06-25"),
        ("1950-06", "1950-06"),
        ("1950", "1950"),
        ("XXXX-06-25TMO", "XXXX-06-25"),
        ("XXXX-06", "XXXX-06"),
        ("1950-W26", "1950-06-26/1950-07-02"),
        ("1950-W26-WE", "1950-07-01/1950-07-02"),
        ("1950-SU", "1950-06-01/1950-08-31"),
        ("1950-WI", "1950-12-01/1951-02-28"),
        ("1950-Q2", "1950-04-01/1950-06-30"),
        ("195X", "1950-01-01/1959-12-31"),
        ("1950/1953", "1950-01-01/1953-12-31"),
        ("P3D", None),
        ("PAST_REF", None),
        ("XXXX-SP", None),
        ("BC0490", None),
    ],
)
def test_a_timespan_is_an_iso_date_or_two(value: str, span: str | None) -> None:
    assert iso_span(value) == span


@pytest.mark.parametrize(
    ("base", "steps", "unit", "value"),
    [
        (Moment(1916, 7, 1), 1, "D", "1916-07-02"),
        (Moment(1916, 12, 31), 1, "D", "1917-01-01"),
        (Moment(1916, 7, 1), -1, "M", "1916-06"),
        (Moment(1916, 1, 1), -1, "M", "1915-12"),
        (Moment(1916, 7, 1), -1, "W", "1916-W25"),
        (Moment(1916), 1, "Y", "1917"),
        (Moment(1916), -1, "DE", "190X"),
        (Moment(1916), 1, "D", None),  # the day is not known
        (Moment(1916), 1, "M", None),
        (Moment(9999, 12, 31), 1, "D", None),
        (Moment(3), -5, "Y", None),
    ],
)
def test_moving_keeps_the_granularity_of_the_unit(base: Moment, steps: int, unit: str, value: str | None) -> None:
    assert moved(base, steps, unit) == value


def test_days_that_no_calendar_has() -> None:
    assert not valid(1900, 2, 29)
    assert valid(2000, 2, 29)
    assert day_value(None, 2, 29) == "XXXX-02-29"
    assert day_value(2001, 2, 29) is None
    assert nth_weekday(1944, 11, 4, 4) == "1944-11-23"
    assert nth_weekday(1944, 5, -1, 1) == "1944-05-29"


@given(st.dates(min_value=date(1, 1, 8), max_value=date(9999, 12, 1)))
def test_a_week_holds_its_day(day: date) -> None:
    first, last = days_of(week_value(day)) or (date.max, date.min)
    assert first <= day <= last
    assert (last - first).days == 6
