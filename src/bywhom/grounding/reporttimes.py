"""What a report means by an expression of time, and a corpus of such expressions does not ask: hours that look like years, dates that
are a part of a name, the weekend just past, stretches that end with the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bywhom.grounding.timesetting import Setting
from bywhom.grounding.timevalues import iso_span, moment
from bywhom.grounding.timex import TimeExpression, TimeKind, TimeRules

# Years between a report and what it tells of, beyond which four digits behind "at" are an hour.
_LIFETIME = 100
_HOUR_BEFORE = re.compile(
    r"\b(?:(?P<at>at)|around|about|approximately|by|until|till|from)\s(?:about\s|around\s|approximately\s)?$",
    re.IGNORECASE,
)
_DAY_BEHIND = re.compile(r"\s(?:on\s\w|hours\b|today\b|yesterday\b|local\b)")  # "at 2030 on 2 May"
_STARTING = re.compile(r"\b(?:starting|beginning|effective|due)\s(?:on\s|from\s)?$", re.IGNORECASE)
# "April 7th Street", "the 19 April movement", "the 8 April elections": a name, or the date of something else.
_NAME_BEHIND = re.compile(
    r"\s(?:Street|Avenue|Square|Boulevard|Road|Bridge|Hospital|School|University|Stadium|Airport|Brigade|Battalion|District|Park|Hotel|"
    r"(?i:movement|revolution|party|front)\b|(?:[A-Z]\w+\s|presidential\s|legislative\s|parliamentary\s|general\s){0,2}(?i:elections?|referendum|polls?|vote)\b)"
)


def is_no_date(text: str, one: TimeExpression, anchor: str | None) -> bool:
    """Whether an expression is an hour written like a year, the hour of a broadcast, or a part of a name."""
    start, end = one.mention.start, one.mention.end
    if one.rule == "year" and re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", one.mention.text):
        before = _HOUR_BEFORE.search(text[max(0, start - 24) : start])
        here = moment(anchor)
        years = int(one.mention.text) - (here.year if here and here.year else 2000)
        far = years > _LIFETIME or bool(
            before and before["at"] and years < -_LIFETIME
        )  # "from 1812" is a year, "at 1812" none
        if before and (far or _DAY_BEHIND.match(text, end)):
            return True
    if one.rule == "clock-military" and re.search(r"\b(?:gmt|utc|z)$", one.mention.text, re.IGNORECASE):
        return True
    return one.kind is TimeKind.DATE and bool(_NAME_BEHIND.match(text, end))


def settled(
    text: str, found: Sequence[TimeExpression], anchor: str | None, table: TimeRules
) -> Iterator[TimeExpression]:
    """The expressions with the days that a report means by them: the weekend just past, the Thursday to come, "spring last year"."""
    shifted = [_starting(text, _last_weekend(text, one, anchor, table), anchor) for one in found]
    for one, other in pairwise(shifted):
        yield _with_neighbour(text, one, other)
    yield from shifted[-1:]


def _last_weekend(text: str, one: TimeExpression, anchor: str | None, table: TimeRules) -> TimeExpression:
    """The weekend before the report for "this weekend" and "at the weekend", unless they tell of what is to come."""
    here, span = moment(anchor), iso_span(one.value) if one.value and one.value.endswith("-WE") else None
    if (
        here is None
        or here.date is None
        or not span
        or not re.match(r"(?:this|the)\b", one.mention.text, re.IGNORECASE)
    ):
        return one
    first = date.fromisoformat(span.split("/")[0])
    if (
        first <= here.date
        or Setting(text, here, table, narrative=False).tense(one.mention.start, one.mention.end) == "future"
    ):
        return one
    year, week, _ = (first - timedelta(days=7)).isocalendar()
    return replace(one, value=f"{year:04d}-W{week:02d}-WE")


def _starting(text: str, one: TimeExpression, anchor: str | None) -> TimeExpression:
    """The weekday after the report for what is "starting on Thursday"."""
    here, at = moment(anchor), moment(one.value)
    dated = here and at and here.date and at.date and one.rule == "weekday" and at.date < here.date
    if (
        not dated
        or not at
        or not at.date
        or not _STARTING.search(text[max(0, one.mention.start - 20) : one.mention.start])
    ):
        return one
    return replace(one, value=(at.date + timedelta(days=7)).isoformat())


def _with_neighbour(text: str, one: TimeExpression, other: TimeExpression) -> TimeExpression:
    """A month or season in the year that the next words give."""
    if not one.value or not other.value or not re.fullmatch(r"\d{4}-(?:\d\d|SP|SU|FA|WI)", one.value):
        return one
    beside = text[one.mention.end : other.mention.start] in (" ", " of ")
    return replace(one, value=other.value + one.value[4:]) if beside and re.fullmatch(r"\d{4}", other.value) else one


def up_to_now(one: TimeExpression, anchor: str | None) -> str | None:
    """The stretch up to the report for "the last 24 hours", "the past 10 years"; None for any other duration."""
    here = moment(anchor)
    lasted = re.fullmatch(r"PT?(\d{1,3})([HDWMY])", one.value or "")
    if (
        here is None
        or here.date is None
        or not lasted
        or not re.match(r"(?:the\s)?(?:last|past)\s", one.mention.text, re.IGNORECASE)
    ):
        return None
    count, unit, end = int(lasted[1]), lasted[2], here.date
    if unit == "Y":
        return f"{max(1, end.year - count):04d}/{end.year:04d}"
    if unit == "M" and "T" not in lasted[0]:
        months = max(12, end.year * 12 + end.month - 1 - count)
        return f"{months // 12:04d}-{months % 12 + 1:02d}/{end.isoformat()[:7]}"
    days = {"H": -(-count // 24), "D": count, "W": 7 * count}.get(unit)
    return f"{(end - timedelta(days=days)).isoformat()}/{end.isoformat()}" if days and end.year > 1 else None
