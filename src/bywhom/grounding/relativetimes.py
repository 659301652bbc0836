"""Readings of times that are counted from the report or from the story, and of stretches of time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bywhom.grounding import timevalues as values
from bywhom.grounding.numbers import number_value
from bywhom.grounding.timesetting import Made, Setting, TimeKind, TimeMatch, period


class RelativeTimes:
    """Makes values of "Friday", "last week", "three days later" and "for three days"."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.readings: dict[str, Callable[[TimeMatch], Made | None]] = {
            "weekday": self._weekday,
            "clock": self._clock,
            "deictic": self._deictic,
            "part": self._part,
            "shift": self._shift,
            "period": self._period_of_story,
            "stretch": self._duration,
            "ago": self._ago,
            "duration": self._duration,
            "every": self._every,
        }

    def _weekday(self, m: TimeMatch) -> Made | None:
        word = m["weekdays"]
        if word.lower() in self.setting.table.only_with_number or not (word[0].isupper()):
            return None
        if self.setting.word_before(m.start) in ("Black", "Bloody", "Good"):
            return None
        day = self._weekday_date(self.setting.table.weekdays[word.lower()], (m["shift"] or "").lower(), m)
        return self._parted(day, m["dayparts"])

    def _weekday_date(self, weekday: int, shift: str, m: TimeMatch) -> str | None:
        base = (
            self.setting.running
            if self.setting.narrative and self.setting.running and self.setting.running.date
            else self.setting.anchor
        )
        here = base.date if base else None
        if here is None:
            return None
        back = (here.isoweekday() - weekday) % 7
        step = self.setting.table.shifts.get(shift.rsplit(maxsplit=1)[-1], 0) if shift else 0
        if shift in ("next", "coming", "following"):
            return (here + timedelta(days=(weekday - here.isoweekday() - 1) % 7 + 1)).isoformat()
        if step < 0 or shift == "this past":
            return (here - timedelta(days=back or 7)).isoformat()
        if not re.search(r"[’']s", m.text) and self.setting.tense(m.start, m.end) == "future" and back:
            return (here + timedelta(days=7 - back)).isoformat()
        return (here - timedelta(days=back)).isoformat()

    def _parted(self, day: str | None, part: str | None, relative: bool = True) -> Made:
        """A day with its part: "2022-11-13TNI"."""
        if not part:
            return Made(day, relative=relative)
        value = f"{day}T{self.setting.table.dayparts[part.lower()]}" if day else None
        return Made(value, TimeKind.TIME, relative=relative)

    def _clock(self, m: TimeMatch) -> Made | None:
        hour = int(m["hour"]) if m["hour"] else self.setting.rules.numbers.words[m["words"].lower()]
        minute = int(m["minute"] or 0)
        part = (m["half"] or "").lower() or (
            "p" if (m["dayparts"] or "").lower() in ("afternoon", "evening", "night") else "a" if m["dayparts"] else ""
        )
        if hour > 24 or minute > 59 or (part and hour > 12):
            return None
        hour = hour % 12 + (12 if part == "p" else 0) if part else hour
        day = self._clock_day(m)
        zone = "Z" if re.search(r"\b(?:UTC|GMT)\b", m.text) else ""
        return Made(f"{day}T{hour:02d}:{minute:02d}{zone}" if day else None, TimeKind.TIME, relative=True)

    def _clock_day(self, m: TimeMatch) -> str | None:
        if m["weekdays"]:
            return self._weekday_date(self.setting.table.weekdays[m["weekdays"].lower()], "", m)
        if m["deictic"]:
            return self._days_off(self.setting.table.deictic[m["deictic"].lower()])
        base = self.setting.running if self.setting.running and self.setting.running.date else self.setting.anchor
        return base.value if base and base.date else None

    def _days_off(self, days: int) -> str | None:
        base = self.setting.running if self.setting.narrative else self.setting.anchor
        return values.moved(base, days, "D") if base else None

    def _deictic(self, m: TimeMatch) -> Made | None:
        word = re.sub(r"\s+", " ", m["deictic"].lower())
        day = self._days_off(self.setting.table.deictic[word])
        if self.setting.narrative and word == "today":
            return Made("PRESENT_REF")
        return self._parted(day, "night" if word == "tonight" else m["dayparts"])

    def _part(self, m: TimeMatch) -> Made | None:
        word = m["shift"].lower()
        base = (
            self.setting.anchor
            if word in ("this", "last") and not self.setting.narrative
            else (self.setting.running or self.setting.anchor)
        )
        step = {"last": -1, "next": 1, "following": 1}.get(word, 0)
        return self._parted(values.moved(base, step, "D") if base else None, m["dayparts"])

    def _shift(self, m: TimeMatch) -> Made | None:
        unit = self.setting.table.units[m["units"].lower()]
        word = (m["shift"] or "").lower().split()[-1] if m["shift"] else "this"
        if unit.startswith("T") or (m["units"].lower().endswith("s") and unit != "E"):
            return None
        running = (
            word in self.setting.table.running_shifts
            or word == "the"
            or (word == "next" and (unit == "D" or self.setting.word_before(m.start).lower() == "the"))
            or (self.setting.narrative and word in ("next", "this", "last"))
        )
        base = self.setting.running or self.setting.anchor if running else self.setting.anchor
        if word in ("past", "current") and unit == "D":
            return None
        if word == "past":
            return Made(period(1.0, unit), TimeKind.DURATION)
        if unit == "D" and word == "this":
            return Made(base.value if base and base.date else None, relative=True)
        if base is None:
            return Made(None, relative=True)
        return Made(values.moved(base, self.setting.table.shifts.get(word, 0), unit), relative=True)

    def _period_of_story(self, m: TimeMatch) -> Made | None:
        """The year, month or week that the story has reached: "the end of the year"."""
        unit = self.setting.table.units[m["units"].lower()]
        base = self.setting.running or self.setting.anchor
        if unit not in ("Y", "M", "W", "D") or m["units"].lower().endswith("s") or base is None:
            return None
        word = m.text.split()[0].lower()
        made = Made(values.moved(base, 0, unit), relative=True)
        return replace(made, modifier=self.setting.table.modifiers.get(word, ""))

    def _ago(self, m: TimeMatch) -> Made | None:
        unit = self.setting.table.units[m["units"].lower()]
        way = (m["way"] or "").lower()
        back = way in ("ago", "earlier", "before", "prior")
        near = way in ("ago", "hence", "from now", "in", "within")
        base = (
            (self.setting.running or self.setting.anchor) if not near or self.setting.narrative else self.setting.anchor
        )
        number = self._count(m)
        if number is None or unit.startswith("T") or number != int(number):
            return Made("PAST_REF" if back else "FUTURE_REF") if m["some"] is not None else Made(None, relative=True)
        if way in ("before", "after", "afterwards", "afterward", "prior") and base is None:
            return None
        if base is None:
            return Made(None, relative=True)
        steps = int(number) * (10 if unit == "DE" else 100 if unit == "CE" else 1)
        unit = "Y" if unit in ("DE", "CE") else unit
        return Made(values.moved(base, -steps if back else steps, unit), relative=True)

    def _count(self, m: TimeMatch) -> float | None:
        """How many units; None for a number that is not said."""
        if m["halfof"]:
            return 0.5
        if m["number"]:
            return number_value(m["number"], self.setting.rules.numbers)
        return 1.0 if m["one"] is not None else None

    def _duration(self, m: TimeMatch) -> Made | None:
        unit = self.setting.table.units[m["units"].lower()]
        count = self._count(m)
        if (m["number"] and count is None) or (m["one"] and m["units"].lower() == "second"):
            return None
        if m["fraction"] or (" half" in re.sub(r"\s+", " ", m.text.lower()) and not m["halfof"]):
            count = (count or 1) + 0.5
        if not m["number"] and m["some"] == "" and not self._plural_alone(m):
            return None
        return Made(period(count, unit), TimeKind.DURATION)

    def _plural_alone(self, m: TimeMatch) -> bool:
        """Whether units without a number are a stretch of time: "for weeks", "years of war", not "his last days"."""
        return self.setting.comes_behind(self.setting.table.before.stretches, m.start)

    def _every(self, m: TimeMatch) -> Made | None:
        if m["units"]:
            unit = self.setting.table.units[m["units"].lower()]
            return Made(period(self._count(m) if m["number"] else 1.0, unit), TimeKind.SET)
        return Made("P1W" if m["weekdays"] else "P1D", TimeKind.SET)
