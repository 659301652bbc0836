"""Readings of dates that are written out: days, months, years, seasons, feasts, and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bywhom.grounding import timevalues as values
from bywhom.grounding.timesetting import Made, Setting, TimeKind, TimeMatch
from bywhom.grounding.timevalues import Moment
from bywhom.records import Span

# What stands behind a day of the month, and not behind a modal verb.
_BEHIND_DATE = re.compile(r"\s*(?:[(),.;:–—]|--|$)|\s(?:in|at|on|to|by|and|from|when|presidential|elections?)\b")
_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # of a season


class CalendarTimes:
    """Makes values of written dates; where the year is not written, of the report or the story."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.readings: dict[str, Callable[[TimeMatch], Made | None]] = {
            "numeric": self._numeric,
            "date": self._date,
            "days": self._days,
            "years": self._years,
            "years-bc": self._years_bc,
            "month": self._month,
            "bc": lambda m: Made(f"BC{int(m['bc']):04d}") if int(m["bc"]) else None,
            "year": self._year,
            "decade": lambda m: Made(f"{m['decade']}X"),
            "short-decade": lambda m: Made(f"19{m['decade']}X"),
            "century": self._century,
            "season": self._season,
            "quarter": self._quarter,
            "feast": self._feast,
        }

    def _numeric(self, m: TimeMatch) -> Made | None:
        if m["monthnum"]:
            value = values.day_value(int(m["year"]), int(m["monthnum"]), int(m["day"]))
            return Made(f"{value}T{m['hour']}:{m['minute']}", TimeKind.TIME) if m["hour"] and value else Made(value)
        year = self.full_year(m["year"])
        one, two = int(m["one"]), int(m["two"])
        readings = {values.day_value(year, two, one), values.day_value(year, one, two)} - {None}
        if m["mark"] == "." or len(readings) == 1:
            return Made(values.day_value(year, two, one) or values.day_value(year, one, two))
        return Made(self._near_anchor(sorted(value for value in readings if value)))

    def _near_anchor(self, readings: list[str]) -> str | None:
        """The one reading of a numeric date that lies within ten days of the report, None where both or none do."""
        if self.setting.anchor is None or self.setting.anchor.date is None:
            return None
        here = self.setting.anchor.date
        near = [value for value in readings if abs((date.fromisoformat(value) - here).days) <= 10]
        return near[0] if len(near) == 1 else None

    def full_year(self, written: str) -> int:
        """A year of two digits by the convention of POSIX (69-99 are 19xx), or nearest to the report where it is dated."""
        digits = written.strip("'’")
        if len(digits) > 2:
            return int(digits)
        year = int(digits) + (1900 if int(digits) >= 69 else 2000)
        near = self.setting.anchor or (self.setting.running if self.setting.narrative else None)
        if near is None:
            return year
        return min((year, year - 100, year + 100), key=lambda y: abs(y - near.year))

    def _date(self, m: TimeMatch) -> Made | None:
        month = self.setting.table.months[m["months"].lower()]
        day = self._day_of(m)
        if day is None or self._no_date(m):
            return None
        year = self.written_year(m)
        if year is not None:
            return Made(values.day_value(year, month, day))
        if not values.valid(2000, month, day):
            return Made(None)
        found = self.year_of(month, day, m)
        return Made(values.day_value(found, month, day), relative=found is not None)

    def _no_date(self, m: TimeMatch) -> bool:
        """Whether a month word with a number is something else: "you may 3 times", a size after a dash."""
        word = m["months"]
        if word.lower() in self.setting.table.needs_capital and word.islower() and not self._day_in_front(m):
            return True
        return (
            m.start > 0
            and self.setting.text[m.start - 1] in "-.,"
            and m.start > 1
            and self.setting.text[m.start - 2].isdigit()
        )

    def _day_in_front(self, m: TimeMatch) -> bool:
        """Whether a small month word stands behind its day and before no verb, as in a text that was in capitals: "16 may, in"."""
        return (
            m["day"] is not None and m.group_span("day").start < m.group_span("months").start and self._ends_date(m.end)
        )

    def _ends_date(self, end: int) -> bool:
        return bool(_BEHIND_DATE.match(self.setting.text, end))

    def _day_of(self, m: TimeMatch) -> int | None:
        if m["ordinals"]:
            return self.setting.rules.numbers.ordinals.get(m["ordinals"].lower())
        return int(m["day"])

    def written_year(self, m: TimeMatch) -> int | None:
        if m["year"]:
            return int(m["year"])
        if m["shortyear"]:
            return self.full_year(m["shortyear"])
        if m["thatyear"]:
            return self._that_year(m["thatyear"])
        return None

    def _that_year(self, word: str) -> int | None:
        word = word.lower()
        if word in ("this", "last", "next"):
            base = self.setting.running if self.setting.narrative else self.setting.anchor
            return base.year + {"this": 0, "last": -1, "next": 1}[word] if base else None
        base = self.setting.running or self.setting.anchor
        if base is None:
            return None
        return base.year + (1 if "following" in word else -1 if "previous" in word else 0)

    def year_of(self, month: int, day: int | None, m: TimeMatch) -> int | None:
        """The year of a month or day without one; None where nothing in the report tells it."""
        shared = self.setting.rules.shared_year.match(self.setting.text, m.end, m.end + 40)
        if shared:
            return int(shared["year"])  # "in August and September 1914"
        if self.setting.narrative:
            return self._story_year(month)
        if self.setting.anchor is None:
            return None
        if self.setting.anchor.month is None:
            return self.setting.anchor.year
        ahead = self.setting.comes_behind(self.setting.table.before.to_come, m.start)
        return self._nearest_year(self.setting.anchor, month, day, "" if ahead else self.setting.tense(m.start, m.end))

    def _story_year(self, month: int) -> int | None:
        """The year that a history has reached; a month far before the one reached belongs to the next year."""
        if self.setting.running is None:
            return self.setting.anchor.year if self.setting.anchor else None
        if self.setting.running.month is not None and month - self.setting.running.month <= -9:
            return self.setting.running.year + 1
        return self.setting.running.year

    def _nearest_year(self, anchor: Moment, month: int, day: int | None, tense: str) -> int:
        """The year that brings a day nearest to the report, the last one before it unless the verb says future."""
        here = (anchor.month or 1) * 31 + ((anchor.day or 15) if day is not None else 0)
        there = month * 31 + (day or 0)
        ahead = there - here  # in days of a year of 372
        if tense == "future":
            return anchor.year if ahead >= 0 else anchor.year + 1 if ahead < -180 else anchor.year
        if tense == "past":
            return anchor.year if ahead <= 0 else anchor.year - 1 if ahead > 45 else anchor.year
        return anchor.year if -186 <= ahead <= 186 else anchor.year + (1 if ahead < 0 else -1)

    def _days(self, m: TimeMatch) -> Made | None:
        """A range of days inside one month."""
        month = self.setting.table.months[m["months"].lower()]
        if self._no_date(m):
            return None
        year = self.written_year(m)
        year = self.year_of(month, int(m["day"]), m) if year is None else year
        ends = [values.day_value(year, month, int(m["day"])), values.day_value(year, month, int(m["day2"]))]
        if None in ends or int(m["day2"]) <= int(m["day"]):
            return None
        spans = self._halves(m)
        return Made(f"{ends[0]}/{ends[1]}", relative=not m["year"], parts=tuple(zip(spans, ends, strict=True)))

    def _halves(self, m: TimeMatch) -> tuple[Span, Span]:
        """Where the two ends of a range stand: the month goes with the end it is beside."""
        first, second = m.group_span("day"), m.group_span("day2")
        if m.group_span("months").start < first.start:
            return Span(m.start, first.end), Span(second.start, m.end)
        return first, Span(second.start, m.end)

    def _years(self, m: TimeMatch) -> Made | None:
        first = int(m["year"])
        last = int(m["year2"]) if len(m["year2"]) == 4 else first // 100 * 100 + int(m["year2"])
        if not (values.valid(first) and values.valid(last) and 1000 <= first < last <= 2100):
            return None
        parts = ((m.group_span("year"), f"{first:04d}"), (m.group_span("year2"), f"{last:04d}"))
        return Made(f"{first:04d}/{last:04d}", parts=parts)

    def _years_bc(self, m: TimeMatch) -> Made | None:
        first, last = int(m["bc"]), int(m["bc2"])
        if not first > last > 0:
            return None
        parts = ((m.group_span("bc"), f"BC{first:04d}"), (Span(m.group_span("bc2").start, m.end), f"BC{last:04d}"))
        return Made(f"BC{first:04d}/BC{last:04d}", parts=parts)

    def _month(self, m: TimeMatch) -> Made | None:
        month = self.setting.table.months[m["months"].lower()]
        if m["year"] or m["shortyear"]:
            return None if self._no_date(m) else Made(values.month_value(self.written_year(m), month))
        if m["thatyear"]:
            return Made(values.month_value(self._that_year(m["thatyear"]), month), relative=True)
        if m["shift"]:
            if m["months"].islower():
                return None
            return Made(self._shifted_month(m["shift"].lower(), month), relative=True)
        if not self._bare_month(m):
            return None
        year = self.year_of(month, None, m)
        return Made(values.month_value(year, month), relative=year is not None)

    def _bare_month(self, m: TimeMatch) -> bool:
        """Whether a month word with nothing beside it is a month, not a verb, a modal or a given name."""
        word, name = m["months"], m["months"].lower()
        if name in self.setting.table.only_with_number or word.islower():
            return False
        if word.isupper() and name in self.setting.table.needs_capital:
            return self.setting.comes_behind(self.setting.table.before.shouted_months, m.start)
        if name in self.setting.table.needs_capital or name in self.setting.table.given_names:
            return self.setting.comes_behind(self.setting.table.before.months, m.start) or (
                self.setting.vouched(m.start) and not self.setting.name_follows(m.start + len(word))
            )
        return True

    def _shifted_month(self, word: str, month: int) -> str | None:
        running = word.rsplit(maxsplit=1)[-1] in self.setting.table.running_shifts or word == "the same"
        base = (
            (self.setting.running or self.setting.anchor)
            if (running or self.setting.narrative)
            else self.setting.anchor
        )
        if base is None:
            return values.month_value(None, month)
        step = self.setting.table.shifts.get(word.rsplit(maxsplit=1)[-1], 0)
        here = base.month or 1
        if step < 0 or word == "this past":
            return values.month_value(base.year - (month >= here), month)
        if step > 0:
            return values.month_value(base.year + (month <= here), month)
        return values.month_value(base.year, month)

    def _year(self, m: TimeMatch) -> Made | None:
        year = int(m["year"])
        if len(m["year"]) == 4 and not self._year_like(year, m):
            return None
        return Made(f"{year:04d}") if values.valid(year) else Made(None)

    def _year_like(self, year: int, m: TimeMatch) -> bool:
        """Whether four bare digits are a year and not a number of things."""
        if not 1000 <= year <= 2100 or self._glued(m):
            return False
        before, after = self.setting.word_before(m.start), self.setting.word_after(m.end)
        if before in self.setting.table.before.numbers:
            return False
        if before.lower() in self.setting.rules.vouching and before != "the":
            return after.lower() not in self.setting.table.counted or before.lower() in ("in", "since", "until")
        if after.lower() in self.setting.table.counted or after == "%":
            return False
        return 1500 <= year <= 2100 and not (after.islower() and after.endswith("s") and not year >= 1900)

    def _glued(self, m: TimeMatch) -> bool:
        """Whether digits hang on a name or a longer number: "Panther-2000", "1,2019"."""
        if m.start == 0:
            return False
        before = self.setting.text[m.start - 1]
        if before == "-":
            return (
                m.start > 1
                and self.setting.text[m.start - 2].isalpha()
                and not re.search(
                    r"(?:mid|pre|post|early|late)-$", self.setting.text[max(0, m.start - 6) : m.start], re.IGNORECASE
                )
            )
        return (
            before in ".,:$€£№#/" and ((m.start > 1 and self.setting.text[m.start - 2].isdigit()) or before in "$€£№#")
        ) or before.isalpha()

    def _century(self, m: TimeMatch) -> Made | None:
        number = int(m["nth"]) if m["nth"] else self.setting.rules.numbers.ordinals.get(m["ordinals"].lower(), 0)
        return Made(f"{number - 1:02d}") if 1 <= number <= 21 else None

    def _season(self, m: TimeMatch) -> Made | None:
        season = self.setting.table.seasons[m["seasons"].lower()]
        if m["year"]:
            return Made(f"{int(m['year']):04d}-{season}") if values.valid(int(m["year"])) else Made(None)
        if m["shift"]:
            return Made(self._shifted_season(m["shift"].lower(), season), relative=True)
        if not self.setting.comes_behind(self.setting.table.before.seasons, m.start):
            return None
        if self.setting.word_before(m.start).lower() == "the" and self.setting.word_after(m.end).lower() == "of":
            return None  # "the fall of the city"
        base = self.setting.running if self.setting.narrative and self.setting.running else self.setting.anchor
        if base is None:
            return Made(f"XXXX-{season}", relative=True)
        step = self._season_step(base, season, m)
        return Made(f"{base.year + step:04d}-{season}", relative=True)

    def _season_step(self, base: Moment, season: str, m: TimeMatch) -> int:
        if self.setting.narrative or base.month is None:
            return 0
        ahead = _FIRST_MONTH[season] > base.month
        if ahead and self.setting.tense(m.start, m.end) == "past":
            return -1
        return 0

    def _shifted_season(self, word: str, season: str) -> str | None:
        base = (self.setting.running or self.setting.anchor) if self.setting.narrative else self.setting.anchor
        if base is None:
            return None
        starts = _FIRST_MONTH[season]
        month, step = base.month or 6, self.setting.table.shifts.get(word.rsplit(maxsplit=1)[-1], 0)
        if step < 0:
            return f"{base.year - (starts + 2 >= month):04d}-{season}"
        if step > 0:
            return f"{base.year + (starts <= month):04d}-{season}"
        return f"{base.year:04d}-{season}"

    def _quarter(self, m: TimeMatch) -> Made | None:
        word = m["ordinals"].lower()
        number = 4 if word in ("last", "final") else self.setting.rules.numbers.ordinals.get(word, 0)
        if not 1 <= number <= 4:
            return None
        year = self.written_year(m)
        if year is None and self.setting.anchor is not None and self.setting.anchor.month is not None:
            year = self.setting.anchor.year - (number > (self.setting.anchor.month - 1) // 3 + 1)
        return Made(f"{year:04d}-Q{number}" if year is not None else None, relative=not m["year"])

    def _feast(self, m: TimeMatch) -> Made | None:
        if not m["feasts"][0].isupper():
            return None
        written = self.setting.table.feasts[re.sub(r"\s+", " ", m["feasts"].lower())]
        if "/" in written:
            return self._moving_feast(written, m)
        month, day = (int(part) for part in written.split("-"))
        year = int(m["year"]) if m["year"] else self.year_of(month, day, m)
        return Made(values.day_value(year, month, day), relative=not m["year"] and year is not None)

    def _moving_feast(self, written: str, m: TimeMatch) -> Made:
        """A feast on the n-th weekday of a month."""
        month, nth, weekday = (int(part) for part in written.split("/"))
        year = int(m["year"]) if m["year"] else self.year_of(month, 25, m)
        day = values.nth_weekday(year, month, nth, weekday) if year else None
        return Made(day, relative=True)
