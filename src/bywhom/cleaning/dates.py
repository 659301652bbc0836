"""Dates as pages write them, at the precision of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bywhom.records import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page where a date may stand, and why it is believed."""

    where: str
    why: str


@dataclass(frozen=True, eq=False)
class DateTable:
    """The words of dates-in-pages.yaml."""

    months: dict[int, list[str]]
    weekdays: list[list[str]]
    first_year: int
    last_year: int
    not_publication: list[str]
    order: list[Place]


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date in a text and its value in ISO 8601, as precise as the words."""

    span: Span
    value: str
    weekday: bool = False


def find_dates(text: str, start: int, end: int, table: DateTable) -> Iterator[DateWords]:
    """Dates with a year in text[start:end], in text order; what names no real day is left out."""
    for match in compiled(table).finditer(text, start, end):
        value = _value(match, table)
        if value:
            yield DateWords(Span(*match.span()), value, bool(match["weekday"]))


def date_at(text: str, start: int, end: int, table: DateTable) -> DateWords | None:
    """The date that stands exactly at `start`, if one does."""
    match = compiled(table).match(text, start, end)
    value = _value(match, table) if match else None
    return DateWords(Span(*match.span()), value, bool(match["weekday"])) if match and value else None


def read_date(words: str, table: DateTable) -> str | None:
    """The value of a declared date: ISO 8601, RFC 822 or any form that pages use; None where it is none."""
    words = words.strip()[:80]
    iso = re.match(r"(\d{4})-?(\d\d)?-?(\d\d)?(?=$|[T\s])", words)
    if iso:
        return _checked(int(iso[1]), _number(iso[2]), _number(iso[3]), table)
    return next((found.value for found in find_dates(words, 0, len(words), table)), None)


@lru_cache(maxsize=8)
def date_pattern(table: DateTable) -> str:
    """A regular expression without named groups for a date with a year, to build longer ones with."""
    nameless = re.sub(r"\(\?P<\w+>", "(?:", _pattern(table))
    return re.sub(r"\(\?P=\w+\)", "[-/.]", nameless)


@lru_cache(maxsize=8)
def compiled(table: DateTable) -> re.Pattern[str]:
    """The expression for dates with a year."""
    return re.compile(_pattern(table), re.IGNORECASE)


def _pattern(table: DateTable) -> str:
    month = "|".join(sorted((w for words in table.months.values() for w in words), key=len, reverse=True))
    weekday = "|".join(sorted((w for words in table.weekdays for w in words), key=len, reverse=True))
    ordinal = "(?:st|nd|rd|th)?"
    year = r"(?:1[89]|20)\d\d"
    day_month = rf"(?P<d1>[0-3]?\d){ordinal}[\s.,/-]{{0,3}}(?:of )?(?P<m1>{month})\b[\s.,'/-]{{0,3}}(?P<y1>{year})"
    # Two digits are a year in capitals only, as on the wires: "3 May 20 men fell" has none.
    wire = rf"(?P<d6>[0-3]?\d) (?-i:(?P<m6>{month.upper()})) '?(?P<y6>\d\d)(?!\d)"
    month_day = rf"(?P<m2>{month})[\s.,-]{{0,3}}(?P<d2>[0-3]?\d){ordinal}(?:[\s.,]{{1,3}}|(?<=\d\d))(?P<y2>{year})"
    year_first = rf"(?P<y3>{year})(?P<s3>[-/.])(?P<m3>[01]?\d)(?P=s3)(?P<d3>[0-3]?\d)"
    numbers = rf"(?P<a4>[0-3]?\d)(?P<s4>[-/.])(?P<b4>[0-3]?\d)(?P=s4)(?P<y4>{year})"
    month_year = rf"(?P<m5>{month})\.?,?\s(?P<y5>{year})"
    forms = f"{year_first}|{numbers}|{day_month}|{wire}|{month_day}|{month_year}"
    return rf"(?<![\w.,/-])(?:(?P<weekday>{weekday})\b[\s.,]{{0,3}}(?:the )?)?(?:{forms})(?![\d/]|[-.]\d)"


def _value(match: re.Match[str], table: DateTable) -> str | None:
    found = match.groupdict()
    if found["y3"]:
        return _checked(int(found["y3"]), int(found["m3"]), int(found["d3"]), table)
    if found["y4"]:
        return _numeric(int(found["a4"]), int(found["b4"]), int(found["y4"]), found["s4"], found["weekday"], table)
    if found["y5"]:
        return _checked(int(found["y5"]), _month(found["m5"], table), None, table)
    side = next(number for number in "126" if found["y" + number])
    year = _full_year(found["y" + side])
    return _checked(year, _month(found["m" + side], table), int(found["d" + side]), table)


def _numeric(a: int, b: int, year: int, separator: str, weekday: str | None, table: DateTable) -> str | None:
    """Day first where the writing or the numbers decide it; else the weekday beside it; else the year alone.

    Dots and hyphens are written day first. Slashes are used both ways: 03/04/1918 is no day.
    """
    readings = {(a, b), (b, a)} if separator == "/" else {(a, b)} if b <= 12 else {(b, a)}
    days = sorted({v for d, m in readings if (v := _checked(year, m, d, table)) and len(v) == 10})
    if weekday and len(days) > 1:
        days = [day for day in days if weekday.lower() in table.weekdays[date.fromisoformat(day).weekday()]]
    return days[0] if len(days) == 1 else str(year) if days else None


def _checked(year: int, month: int | None, day: int | None, table: DateTable) -> str | None:
    if not table.first_year <= year <= table.last_year:
        return None
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


def _full_year(digits: str) -> int:
    """Two digits: 30 and above belong to the last century."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 30 else 2000)


def _month(word: str, table: DateTable) -> int | None:
    return next((number for number, words in table.months.items() if word.lower() in words), None)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
