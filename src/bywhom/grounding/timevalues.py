"""TimeML values as plain strings, and the calendar arithmetic on them. Nothing here reads text."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_SEASONS = {
    "SP": (3, 5),
    "SU": (6, 8),
    "FA": (9, 11),
    "WI": (12, 14),
}  # meteorological, northern; winter runs on into the next year


@dataclass(frozen=True, slots=True)
class Moment:
    """A date at the precision at which it is known: year, month or day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, None where only month or year is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def value(self) -> str:
        """The ISO form, as precise as the moment is."""
        parts = [f"{self.year:04d}"]
        parts += [f"{self.month:02d}"] if self.month else []
        parts += [f"{self.day:02d}"] if self.month and self.day else []
        return "-".join(parts)


def moment(value: str | None) -> Moment | None:
    """The calendar date at the head of a value ("2022-11-13TNI", "2022-SP", "2022-W46"), None for all others."""
    monday = week_start(value or "")
    if monday:
        return Moment(monday.year, monday.month, monday.day)
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", value or "")
    if not found or not valid(int(found[1]), int(found[2] or 1), int(found[3] or 1)):
        return None
    return Moment(int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None)


def valid(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether the calendar has this day: no 31 February, no year 0, no year 99999."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def day_value(year: int | None, month: int, day: int) -> str | None:
    """The value of a day, XXXX for a year that is not known, None for a day that no calendar has."""
    if not valid(year if year is not None else 2000, month, day):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year is not None else f"XXXX-{month:02d}-{day:02d}"


def month_value(year: int | None, month: int) -> str | None:
    """The value of a month, XXXX for a year that is not known."""
    if year is not None and not valid(year, month):
        return None
    return f"{year:04d}-{month:02d}" if year is not None else f"XXXX-{month:02d}"


def week_value(day: date) -> str:
    """The ISO week in which a day lies."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_start(value: str) -> date | None:
    """The Monday of an ISO week, None where the value is no week."""
    found = re.match(r"(\d{4})-W(\d\d)", value)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> str | None:
    """The n-th given weekday of a month, the last one for -1."""
    days = [day for day in range(1, monthrange(year, month)[1] + 1) if date(year, month, day).isoweekday() == weekday]
    return date(year, month, days[nth - 1 if nth > 0 else nth]).isoformat()


def moved(base: Moment, steps: int, unit: str) -> str | None:
    """The value that lies so many units from a moment, at the granularity of the unit; None where it cannot be told."""
    if unit in ("Y", "DE", "CE"):
        return _moved_years(base, steps, unit)
    if unit in ("M", "Q"):
        return _moved_months(base, steps, unit)
    if base.date is None:
        return None
    days = {"D": 1, "W": 7, "F": 14, "E": 7}.get(unit)
    if days is None:
        return None
    try:
        day = base.date + timedelta(days=steps * days)
    except OverflowError:
        return None
    if unit == "E":
        return week_value(day) + "-WE"
    return day.isoformat() if unit == "D" else week_value(day)


def _moved_years(base: Moment, steps: int, unit: str) -> str | None:
    if unit == "CE":
        century = base.year // 100 + steps
        return f"{century:02d}" if 0 <= century <= 99 else None
    if unit == "DE":
        decade = base.year // 10 + steps
        return f"{decade:03d}X" if 0 < decade <= 999 else None
    year = base.year + steps
    return f"{year:04d}" if 1 <= year <= 9999 else None


def _moved_months(base: Moment, steps: int, unit: str) -> str | None:
    if base.month is None:
        return None
    months = base.year * 12 + base.month - 1 + steps * (3 if unit == "Q" else 1)
    if not 12 <= months < 120000:
        return None
    year, month = divmod(months, 12)
    return f"{year:04d}-Q{month // 3 + 1}" if unit == "Q" else f"{year:04d}-{month + 1:02d}"


def days_of(value: str | None) -> tuple[date, date] | None:
    """The first and the last day that a value covers, None for vague, open and impossible ones."""
    if not value:
        return None
    if "/" in value:
        first, last = (days_of(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    for form in (_week_days, _season_days, _quarter_days, _decade_days):
        found = form(value)
        if found:
            return found
    at = moment(value)
    if at is None:
        return None
    last_month = at.month or 12
    return (
        date(at.year, at.month or 1, at.day or 1),
        date(at.year, last_month, at.day or monthrange(at.year, last_month)[1]),
    )


def _week_days(value: str) -> tuple[date, date] | None:
    monday = week_start(value)
    if monday is None:
        return None
    first = 5 if value.endswith("-WE") else 0
    return monday + timedelta(days=first), monday + timedelta(days=6)


def _season_days(value: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    if not found or not valid(int(found[1])) or int(found[1]) == 9999:
        return None
    first, last = _SEASONS[found[2]]
    year, month = int(found[1]) + (last > 12), (last - 1) % 12 + 1
    return date(int(found[1]), first, 1), date(year, month, monthrange(year, month)[1])


def _quarter_days(value: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{4})-Q([1-4])", value)
    if not found or not valid(int(found[1])):
        return None
    year, last = int(found[1]), int(found[2]) * 3
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def _decade_days(value: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{3})X", value)
    if not found or int(found[1]) == 0:
        return None
    return date(int(found[1]) * 10, 1, 1), date(int(found[1]) * 10 + 9, 12, 31)


def iso_span(value: str) -> str | None:
    """The value as a Timespan writes it: an ISO date of its precision or start/end; None where it covers no days."""
    if re.match(r"XXXX-\d\d", value):
        return value[:10] if re.match(r"XXXX-\d\d-\d\d", value) else value[:7]
    if re.fullmatch(r"\d{4}(-\d\d){0,2}(T.*)?", value):
        return value.split("T", maxsplit=1)[0] if moment(value) else None
    covered = days_of(value)
    if covered is None:
        return None
    return f"{covered[0].isoformat()}/{covered[1].isoformat()}"
