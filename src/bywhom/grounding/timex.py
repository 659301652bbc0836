"""Expressions of time in a text, with TimeML values: an own tagger whose rules are data (lexicons/times.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bywhom.grounding.calendartimes import CalendarTimes
from bywhom.grounding.relativetimes import RelativeTimes
from bywhom.grounding.timerules import TimeRule, TimeRules, load_time_rules
from bywhom.grounding.timesetting import Made, Setting, TimeKind, TimeMatch
from bywhom.grounding.timevalues import moment
from bywhom.records import Mention, Span

__all__ = ["TimeExpression", "TimeKind", "TimeRules", "find_times", "load_time_rules"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, how long or how often.

    `value` is None where the words name a time that this text cannot date ("Friday" without a date of publication, 31 February);
    XXXX stands for a year that is not known. A range has the value "start/end" and its two ends as `parts`.
    """

    mention: Mention
    value: str | None
    kind: TimeKind
    modifier: str = ""  # START, MID, END as in "early", "mid", "late"
    relative: bool = False  # counted from the date of the report or of the story, not written out
    rule: str = ""  # the rule of lexicons/times.yaml that read it
    parts: tuple[TimeExpression, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether the words stand for no particular stretch of the calendar."""
        return self.value is None or self.value.endswith("_REF") or self.kind in (TimeKind.DURATION, TimeKind.SET)


# Words and numbers; nothing else can begin an expression.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def find_times(
    text: str, span: Span | None = None, *, anchor: str | None, table: TimeRules, narrative: bool = False
) -> tuple[TimeExpression, ...]:
    """The expressions of time inside a span, in text order.

    anchor: the date of the report, ISO with reduced precision; without one nothing is invented: relative expressions have no
    value and days without a year keep XXXX.
    narrative: read a history, in which days without a year belong to the year the story has reached.
    Paper: Pustejovsky et al. 2003 (TimeML); the approach of rules as data is that of HeidelTime, Strötgen & Gertz 2013.
    """
    reader = _Reader(Setting(text, moment(anchor), table, narrative))
    return tuple(reader.read(span or Span(0, len(text))))


class _Reader:
    """Walks through a text from left to right and remembers the date that the story has reached."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.readings = {**CalendarTimes(setting).readings, **RelativeTimes(setting).readings}

    def read(self, span: Span) -> Iterator[TimeExpression]:
        """The expressions of the span, each read in the light of those before it."""
        position = floor = span.start
        while token := _TOKEN.search(self.setting.text, position, span.end):
            found = self._at(token, Span(floor, span.end))
            if found is None:
                position = token.end()
                continue
            yield found
            position = floor = max(found.mention.end, token.end())

    def _at(self, token: re.Match[str], span: Span) -> TimeExpression | None:
        """The longest expression that begins at a token, with the words before it that sharpen it."""
        word = token[0].lower() if not token[0].isdigit() else "#"
        if self._inside_word(token, word == "#"):
            return None
        best: TimeExpression | None = None
        for ready in self.setting.rules.starting.get(word, ()):
            match = ready.pattern.match(self.setting.text, token.start(), span.end)
            if match and (best is None or match.end() > best.mention.end):
                best = self._made(ready.rule, TimeMatch(match)) or best
        if best is None:
            best = self._vague(token, span)
        if best is None:
            return None
        self._remember(best)
        return self._sharpened(best, span)

    def _inside_word(self, token: re.Match[str], digits: bool) -> bool:
        """Whether a token is a part of a handle, an address or a tag."""
        before = self.setting.text[max(0, token.start() - 1) : token.start()]
        return before != "" and before in ("_@#" if digits else "_@#/")

    def _made(self, rule: TimeRule, match: TimeMatch) -> TimeExpression | None:
        made = self.readings[rule.makes](match)
        if made is None:
            return None
        end = match.end
        while end > match.start and self.setting.text[end - 1].isspace():
            end -= 1
        if rule.makes == "month" and self.setting.text[end - 1] == "." and len(match["months"]) > 4:
            end -= 1  # the full stop of the sentence, not of an abbreviation
        mention = Mention.at(Span(match.start, end), self.setting.text)
        return TimeExpression(
            mention,
            made.value,
            made.kind,
            made.modifier,
            relative=made.relative,
            rule=rule.name,
            parts=self._parts(made),
        )

    def _parts(self, made: Made) -> tuple[TimeExpression, ...]:
        return tuple(
            TimeExpression(Mention.at(span, self.setting.text), value, TimeKind.DATE, rule="part")
            for span, value in made.parts
        )

    def _remember(self, found: TimeExpression) -> None:
        """Keep the last date written out: "the next day" and, in a narrative, "April 12" are read from it."""
        at = moment((found.value or "").split("/")[-1])
        if found.rule in ("ago", "units-ago") and not re.search(r"later|after", found.mention.text, re.IGNORECASE):
            return
        if at is not None and found.kind in (TimeKind.DATE, TimeKind.TIME) and not (found.value or "").startswith("BC"):
            self.setting.running = at

    def _sharpened(self, found: TimeExpression, span: Span) -> TimeExpression:
        """The expression with "early", "the end of" or an article before it taken in."""
        if found.kind in (TimeKind.SET, TimeKind.DURATION):
            return found
        before = self.setting.text[max(span.start, found.mention.start - 40) : found.mention.start]
        match = self.setting.rules.modifier.search(before)
        if not match or not match[0]:
            return found
        start = found.mention.start - (len(before) - match.start())
        mention = Mention.at(Span(start, found.mention.end), self.setting.text)
        word = (match["word"] or "").lower()
        part = match["part"]
        if part and found.kind is TimeKind.DATE and re.fullmatch(r"[\dX]{4}-\d\d-\d\d", found.value or ""):
            found = replace(
                found, value=f"{found.value}T{self.setting.table.dayparts[part.lower()]}", kind=TimeKind.TIME
            )
        elif part:
            return replace(found, mention=Mention.at(found.mention.span, self.setting.text))
        return replace(
            found, mention=mention, modifier=self.setting.table.modifiers.get(re.sub(r"\s+", " ", word), found.modifier)
        )

    def _vague(self, token: re.Match[str], span: Span) -> TimeExpression | None:
        match = self.setting.rules.vague.match(self.setting.text, token.start(), span.end)
        if match is None:
            return None
        word = re.sub(r"\s+", " ", match[0].lower())
        if match[0][0].isupper() and (
            not self.setting.sentence_start(token.start()) or self.setting.name_follows(match.end())
        ):
            return None
        mention = Mention.at(Span(*match.span()), self.setting.text)
        if word in self.setting.table.sets:
            return TimeExpression(mention, self.setting.table.sets[word], TimeKind.SET, rule="set")
        return TimeExpression(mention, self.setting.table.vague[word], TimeKind.DATE, rule="vague")
