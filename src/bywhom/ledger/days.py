"""Times of reduced precision as the days that bound them, so that a database can compare them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

Bounds = tuple[str | None, str | None]
UNKNOWN: Bounds = (None, None)
_DAY = re.compile(r"(\d{4})(?:-(?!00)(\d\d)(?:-(?!00)(\d\d)(?:T.*)?)?)?")
_DECADE = re.compile(r"(\d{3})X?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")


def bounds(value: str) -> Bounds:
    """First and last day of an ISO 8601 value: "2022-11" is 2022-11-01 to 2022-11-30, "2022/.." is open at the end.

    A value whose year is not known, or that is no date, has no bounds.
    """
    first, slash, last = value.partition("/")
    if not slash:
        return _bounds_of_one(value)
    return _bounds_of_one(first)[0], _bounds_of_one(last)[1]


def is_time(value: str) -> bool:
    """Whether a value tells a time as claims do: what `bounds` can read, with "XXXX" for a year that is not known."""
    first, slash, last = value.partition("/")
    ends = [end for end in (first, last) if end and end != ".."]
    if not any(end[-1].isdigit() for end in ends) or (slash and not (first and last)):
        return False
    low, high = bounds(value.replace("XXXX", _LEAP))
    return all(_bounds_of_one(end.replace("XXXX", _LEAP)) != UNKNOWN for end in ends) and not (
        low and high and low > high
    )


_LEAP = "2000"  # a year that has every day


def _bounds_of_one(value: str) -> Bounds:
    try:
        if match := _DAY.fullmatch(value):
            return _bounds_of_day(match)
        if match := _WEEK.fullmatch(value):
            year, week = int(match[1]), int(match[2])
            return str(date.fromisocalendar(year, week, 1)), str(date.fromisocalendar(year, week, 7))
    except ValueError:  # the thirty-first of June
        return UNKNOWN
    if match := _DECADE.fullmatch(value):
        return f"{match[1]}0-01-01", f"{match[1]}9-12-31"
    return UNKNOWN


def _bounds_of_day(match: re.Match[str]) -> Bounds:
    year, month, day = (int(part or 0) for part in match.groups())
    if not month:
        return str(date(year, 1, 1)), str(date(year, 12, 31))
    if not day:
        return str(date(year, month, 1)), str(date(year, month, monthrange(year, month)[1]))
    return str(date(year, month, day)), str(date(year, month, day))
