"""What surrounds an expression of time while a text is read: its words, the verb, the dates known so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bywhom.grounding.timerules import TimeRules
from bywhom.grounding.timevalues import Moment
from bywhom.records import Span


class TimeKind(StrEnum):
    """The four kinds of TimeML."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Made:
    """What a rule makes of a match: a value and the kind of time it is."""

    value: str | None
    kind: TimeKind = TimeKind.DATE
    relative: bool = False
    parts: tuple[tuple[Span, str | None], ...] = ()
    modifier: str = ""


class TimeMatch:
    """A match whose missing groups read as None."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match
        self.start, self.end = match.span()
        self.text = match[0]

    def __getitem__(self, name: str) -> str:
        try:
            return self._match[name]  # None for a group that took no part, as callers expect
        except IndexError:
            return None  # type: ignore[return-value]

    def group_span(self, name: str) -> Span:
        return Span(*self._match.span(name))


def period(count: float | None, unit: str) -> str:
    """A TimeML period: "P3D", "PXW", "PT5H30M" for hours and a half."""
    unit, factor = {"DE": ("Y", 10), "CE": ("Y", 100), "F": ("W", 2), "E": ("WE", 1)}.get(unit, (unit, 1))
    head = "PT" if unit.startswith("T") else "P"
    letter = unit.removeprefix("T")
    if count is None:
        return f"{head}X{letter}"
    count *= factor
    if unit == "TH" and count != int(count):
        hours = f"{int(count)}H" if count >= 1 else ""
        return f"PT{hours}{round(count % 1 * 60)}M"
    return f"{head}{count:g}{letter}" if count < 1e6 else f"{head}{int(count)}{letter}"


class Setting:
    """A text under reading, the date of the report, and the date that the story has reached."""

    def __init__(self, text: str, anchor: Moment | None, rules: TimeRules, narrative: bool) -> None:
        self.text = text
        self.anchor = anchor
        self.rules = rules
        self.table = rules.table
        self.narrative = narrative
        self.running: Moment | None = None

    def word_before(self, start: int) -> str:
        found = re.search(r"([^\W_]+|[-–—$€£№#])[\s(\"“'‘]*$", self.text[max(0, start - 30) : start])
        return found[1] if found else ""

    def comes_behind(self, words: frozenset[str], start: int) -> bool:
        """Whether one of these words, in lower case, stands right before."""
        return self.word_before(start).lower() in words

    def word_after(self, end: int) -> str:
        found = re.match(r"[\s]{0,3}([^\W\d_]+|%)", self.text[end : end + 30])
        return found[1] if found else ""

    def sentence_start(self, start: int) -> bool:
        before = self.text[max(0, start - 6) : start].rstrip(" \t\"“'‘([")
        return not before or before[-1] in ".!?:\n•" or before.isspace()

    def vouched(self, start: int) -> bool:
        before = self.word_before(start).lower()
        return before in self.rules.vouching or before in self.table.months

    def tense(self, start: int, end: int) -> str:
        """The tense of the verb nearest before an expression, else nearest after it: future, past or empty."""
        left = self.text[max(0, start - 160) : start]
        cut = max(left.rfind(mark) for mark in (". ", "\n", "; ", "! ", "? "))
        before = list(self.rules.tense.finditer(left[cut + 1 :]))
        right = re.split(r"[.!?;]\s|\n", self.text[end : end + 120], maxsplit=1)[0]
        verb = _main_verb(before) if before else self.rules.tense.search(right)
        return (verb.lastgroup or "") if verb and verb.lastgroup != "present" else ""

    def name_follows(self, end: int) -> bool:
        after = self.word_after(end)
        return after[:1].isupper() and self.text[end : end + 1] == " "


def _main_verb(found: list[re.Match[str]]) -> re.Match[str]:
    """The last verb, or the auxiliary right before it: "will be held" is no past."""
    if len(found) > 1 and found[-2].lastgroup == "future" and found[-1].start() - found[-2].end() <= 9:
        return found[-2]
    return found[-1]
