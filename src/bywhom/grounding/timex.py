"""Expressions of time in a text, with TimeML values: an own tagger whose rules are data (lexicons/times.yaml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bywhom import lexicons
from bywhom.grounding import timevalues as values
from bywhom.grounding.numbers import DIGITS, NumberTable, number_value
from bywhom.grounding.timevalues import Moment, moment
from bywhom.records import Mention, Span


class TimeKind(StrEnum):
    """The four kinds of TimeML."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


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


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way of writing a time: how it begins, what it looks like, which reading makes its value."""

    name: str
    first: list[str]
    pattern: str
    makes: str


@dataclass(frozen=True, slots=True)
class TimeTable:
    """The words and rules of data/lexicons/times.yaml."""

    months: dict[str, int]
    weekdays: dict[str, int]
    only_with_number: list[str]
    needs_capital: list[str]
    given_names: list[str]
    vouching: list[str]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    units: dict[str, str]
    shifts: dict[str, int]
    running_shifts: list[str]
    deictic: dict[str, int]
    vague: dict[str, str]
    sets: dict[str, str]
    feasts: dict[str, str]
    modifiers: dict[str, str]
    future_words: list[str]
    present_words: list[str]
    past_words: list[str]
    counted: list[str]
    pieces: dict[str, str]
    rules: list[TimeRule]
    starters: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with its pattern compiled."""

    rule: TimeRule
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class TimeRules:
    """The tables made ready for use: rules by the word they begin with."""

    table: TimeTable
    numbers: NumberTable
    starting: dict[str, tuple[_Ready, ...]] = field(repr=False)
    vague: re.Pattern[str] = field(repr=False)
    modifier: re.Pattern[str] = field(repr=False)
    tense: re.Pattern[str] = field(repr=False)
    shared_year: re.Pattern[str] = field(repr=False)
    vouching: frozenset[str] = field(repr=False)


@lru_cache(maxsize=1)
def load_time_rules() -> TimeRules:
    """The shipped rules, compiled once."""
    return compile_rules(lexicons.load("lexicons/times", TimeTable), lexicons.load("lexicons/numbers", NumberTable))


def compile_rules(table: TimeTable, numbers: NumberTable) -> TimeRules:
    """The tables as rules that can be run."""
    pieces = _pieces(table, numbers)
    classes = _classes(table, numbers)
    starting: dict[str, list[_Ready]] = {}
    for rule in table.rules:
        ready = _Ready(rule, re.compile(_spelled_out(rule.pattern, pieces), re.IGNORECASE))
        for word in sorted({word for name in rule.first for word in classes[name]}):
            starting.setdefault(word, []).append(ready)
    return TimeRules(
        table=table,
        numbers=numbers,
        starting={word: tuple(rules) for word, rules in starting.items()},
        vague=re.compile(rf"(?:{_any([*table.vague, *table.sets])})\b", re.IGNORECASE),
        modifier=_modifier_pattern(table),
        tense=_tense_pattern(table),
        shared_year=re.compile(
            rf"\s?(?:and|to|or|until|through|-|–|,)\s?(?:\d{{1,2}}\s)?(?:{_any(list(table.months))})\.?(?:\s\d{{1,2}},?)?\s(?P<year>\d{{4}})\b", re.IGNORECASE
        ),
        vouching=frozenset(table.vouching),
    )


def _any(words: list[str]) -> str:
    """An alternation of words, the longest first, in which a blank may be any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=lambda w: (-len(w), w)))


def _pieces(table: TimeTable, numbers: NumberTable) -> dict[str, str]:
    """What may stand in braces in a pattern."""
    words = [*numbers.words, *numbers.scales]
    spelled = rf"(?:{_any(words)})(?:[ -](?:and )?(?:{_any(words)})){{0,4}}"
    return {
        **table.pieces,
        "monthword": _any(list(table.months)),
        "months": rf"(?P<months>{_any(list(table.months))})",
        "weekdays": rf"(?P<weekdays>{_any(list(table.weekdays))})",
        "seasons": rf"(?P<seasons>{_any(list(table.seasons))})",
        "dayparts": rf"(?P<dayparts>{_any(list(table.dayparts))})",
        "units": rf"(?P<units>{_any(list(table.units))})",
        "ordinals": rf"(?P<ordinals>{_any(list(numbers.ordinals))}|last|final)",
        "words": rf"(?P<words>{_any(list(numbers.words))})",
        "feasts": rf"(?P<feasts>{_any(list(table.feasts))})",
        "number": rf"(?P<number>{DIGITS}|{spelled})",
    }


def _classes(table: TimeTable, numbers: NumberTable) -> dict[str, list[str]]:
    """The first words that each name under `first` stands for."""
    return {
        **table.starters,
        "digit": ["#"],
        "months": list(table.months),
        "weekdays": list(table.weekdays),
        "seasons": list(table.seasons),
        "dayparts": list(table.dayparts),
        "units": list(table.units),
        "shifts": list(table.shifts),
        "ordinals": [*(word.split("-")[0] for word in numbers.ordinals), "last", "final"],
        "words": [*numbers.words, *numbers.scales],
        "deictic": list(table.deictic),
        "feasts": [feast.split()[0].split("'")[0] for feast in table.feasts],
    }


def _spelled_out(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern of the data file as a regular expression: pieces put in, blanks and ~ made white space."""
    for _ in range(2):
        for name, piece in pieces.items():
            pattern = pattern.replace("{" + name + "}", piece)
    pattern = re.sub(r"\[([^\]]*) ([^\]]*)\]", lambda m: f"[{m[1]}\\s{m[2]}]", pattern)
    return pattern.replace("~", r"\s{0,3}").replace(" ", r"\s{1,3}")


def _modifier_pattern(table: TimeTable) -> re.Pattern[str]:
    """What may stand before an expression and sharpen it: "the end of", "early", "mid-"."""
    words, parts = _any(list(table.modifiers)), _any(list(table.dayparts))
    return re.compile(rf"(?:\bthe\s)?(?:\bearly\s|\blate\s)?\b(?P<part>{parts})(?:\shours)?\s(?:of|on)\s$|(?:\bthe\s)?(?:\bvery\s)?\b(?P<word>{words})(?:\s(?:of|in)(?:\sthe)?\s|\s|-)$|\bthe\s$", re.IGNORECASE)


def _tense_pattern(table: TimeTable) -> re.Pattern[str]:
    future, past, present = _any(table.future_words), _any(table.past_words), _any(table.present_words)
    return re.compile(rf"(?<![a-z])(?:(?P<future>{future})|(?P<present>{present})|(?P<past>(?:{past})|[a-z]{{3,20}}ed))(?![a-z])", re.IGNORECASE)


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
    reader = _Reader(text, moment(anchor), table, narrative)
    return tuple(reader.read(span or Span(0, len(text))))


class _Reader:
    """Walks through a text from left to right and remembers the date that the story has reached."""

    def __init__(self, text: str, anchor: Moment | None, rules: TimeRules, narrative: bool) -> None:
        self.text = text
        self.anchor = anchor
        self.rules = rules
        self.table = rules.table
        self.narrative = narrative
        self.running: Moment | None = None
        self.shared_year = rules.shared_year
        self.makers: dict[str, Callable[[_Match], _Made | None]] = {
            "numeric": self._numeric,
            "date": self._date,
            "days": self._days,
            "years": self._years,
            "month": self._month,
            "bc": lambda m: _Made(f"BC{int(m['bc']):04d}") if int(m["bc"]) else None,
            "year": self._year,
            "years-bc": self._years_bc,
            "decade": lambda m: _Made(f"{m['decade']}X"),
            "short-decade": lambda m: _Made(f"19{m['decade']}X"),
            "period": self._period_of_story,
            "century": self._century,
            "season": self._season,
            "quarter": self._quarter,
            "weekday": self._weekday,
            "clock": self._clock,
            "deictic": self._deictic,
            "part": self._part,
            "shift": self._shift,
            "stretch": self._stretch,
            "ago": self._ago,
            "duration": self._duration,
            "every": self._every,
            "feast": self._feast,
        }

    def read(self, span: Span) -> Iterator[TimeExpression]:
        """The expressions of the span, each read in the light of those before it."""
        position = span.start
        while token := _TOKEN.search(self.text, position, span.end):
            found = self._at(token, span)
            if found is None:
                position = token.end()
                continue
            yield found
            position = max(found.mention.end, token.end())

    def _at(self, token: re.Match[str], span: Span) -> TimeExpression | None:
        """The longest expression that begins at a token, with the words before it that sharpen it."""
        word = token[0].lower() if not token[0].isdigit() else "#"
        if word != "#" and self._inside_word(token.start()):
            return None
        best: TimeExpression | None = None
        for ready in self.rules.starting.get(word, ()):
            match = ready.pattern.match(self.text, token.start(), span.end)
            if match and (best is None or match.end() > best.mention.end):
                best = self._made(ready.rule, _Match(match)) or best
        if best is None:
            best = self._vague(token, span)
        if best is None:
            return None
        self._remember(best)
        return self._sharpened(best, span)

    def _inside_word(self, start: int) -> bool:
        return start > 0 and (self.text[start - 1] == "_" or self.text[start - 1] in "@#/")

    def _made(self, rule: TimeRule, match: _Match) -> TimeExpression | None:
        made = self.makers[rule.makes](match)
        if made is None:
            return None
        end = match.end
        while end > match.start and self.text[end - 1].isspace():
            end -= 1
        if rule.makes == "month" and self.text[end - 1] == "." and len(match["months"]) > 4:
            end -= 1  # the full stop of the sentence, not of an abbreviation
        mention = Mention.at(Span(match.start, end), self.text)
        return TimeExpression(
            mention, made.value, made.kind, made.modifier, relative=made.relative, rule=rule.name, parts=self._parts(made, mention)
        )

    def _parts(self, made: _Made, mention: Mention) -> tuple[TimeExpression, ...]:
        return tuple(
            TimeExpression(Mention.at(span, self.text), value, TimeKind.DATE, rule="part") for span, value in made.parts
        )

    def _remember(self, found: TimeExpression) -> None:
        """Keep the last date written out: "the next day" and, in a narrative, "April 12" are read from it."""
        at = moment((found.value or "").split("/")[-1])
        if found.rule in ("ago", "units-ago") and not re.search(r"later|after", found.mention.text, re.IGNORECASE):
            return
        if at is not None and found.kind in (TimeKind.DATE, TimeKind.TIME) and not (found.value or "").startswith("BC"):
            self.running = at

    def _sharpened(self, found: TimeExpression, span: Span) -> TimeExpression:
        """The expression with "early", "the end of" or an article before it taken in."""
        if found.kind in (TimeKind.SET, TimeKind.DURATION):
            return found
        before = self.text[max(span.start, found.mention.start - 40) : found.mention.start]
        match = self.rules.modifier.search(before)
        if not match or not match[0]:
            return found
        start = found.mention.start - (len(before) - match.start())
        mention = Mention.at(Span(start, found.mention.end), self.text)
        word = (match["word"] or "").lower()
        part = match["part"]
        if part and found.kind is TimeKind.DATE and re.fullmatch(r"[\dX]{4}-\d\d-\d\d", found.value or ""):
            found = replace(found, value=f"{found.value}T{self.table.dayparts[part.lower()]}", kind=TimeKind.TIME)
        elif part:
            return replace(found, mention=Mention.at(found.mention.span, self.text))
        return replace(found, mention=mention, modifier=self.table.modifiers.get(re.sub(r"\s+", " ", word), found.modifier))

    # Words around an expression

    def _word_before(self, start: int) -> str:
        found = re.search(r"([^\W_]+|[-–—$€£№#])[\s(\"“'‘]*$", self.text[max(0, start - 30) : start])
        return found[1] if found else ""

    def _word_after(self, end: int) -> str:
        found = re.match(r"[\s]{0,3}([^\W\d_]+|%)", self.text[end : end + 30])
        return found[1] if found else ""

    def _sentence_start(self, start: int) -> bool:
        before = self.text[max(0, start - 6) : start].rstrip(" \t\"“'‘([")
        return not before or before[-1] in ".!?:\n•" or before.isspace()

    def _vouched(self, start: int) -> bool:
        before = self._word_before(start).lower()
        return before in self.rules.vouching or before in self.table.months

    def _tense(self, start: int, end: int) -> str:
        """"future", "past" or "" for the verb nearest before the expression, else nearest after it."""
        left = self.text[max(0, start - 160) : start]
        cut = max(left.rfind(mark) for mark in (". ", "\n", "; ", "! ", "? "))
        before = list(self.rules.tense.finditer(left[cut + 1 :]))
        right = re.split(r"[.!?;]\s|\n", self.text[end : end + 120], maxsplit=1)[0]
        verb = before[-1] if before else self.rules.tense.search(right)
        return (verb.lastgroup or "") if verb and verb.lastgroup != "present" else ""

    # Absolute dates

    def _numeric(self, m: _Match) -> _Made | None:
        if m["monthnum"]:
            value = values.day_value(int(m["year"]), int(m["monthnum"]), int(m["day"]))
            return self._timed(value, m)
        year = self._full_year(m["year"])
        one, two = int(m["one"]), int(m["two"])
        readings = {values.day_value(year, two, one), values.day_value(year, one, two)} - {None}
        if m["mark"] == "." or len(readings) == 1:
            return _Made(values.day_value(year, two, one) or values.day_value(year, one, two))
        return _Made(self._near_anchor(sorted(value for value in readings if value)))

    def _near_anchor(self, readings: list[str]) -> str | None:
        """The one reading of a numeric date that lies within ten weeks of the report, None where both or none do."""
        if self.anchor is None or self.anchor.date is None:
            return None
        here = self.anchor.date
        near = [value for value in readings if abs((date.fromisoformat(value) - here).days) <= 10]
        return near[0] if len(near) == 1 else None

    def _full_year(self, written: str) -> int:
        """A year of two digits by the convention of POSIX (69-99 are 19xx), or nearest to the report where it is dated."""
        digits = written.strip("'’")
        if len(digits) > 2:
            return int(digits)
        year = int(digits) + (1900 if int(digits) >= 69 else 2000)
        near = self.anchor or (self.running if self.narrative else None)
        if near is None:
            return year
        return min((year, year - 100, year + 100), key=lambda y: abs(y - near.year))

    def _date(self, m: _Match) -> _Made | None:
        month = self.table.months[m["months"].lower()]
        day = self._day_of(m)
        if day is None or self._no_date(m):
            return None
        year = self._written_year(m)
        if year is not None:
            return _Made(values.day_value(year, month, day))
        if not values.valid(2000, month, day):
            return _Made(None)
        found = self._year_of(month, day, m)
        return _Made(values.day_value(found, month, day), relative=found is not None)

    def _no_date(self, m: _Match) -> bool:
        """Whether a month word with a number is something else: "you may 3 times", a size after a dash."""
        word = m["months"]
        if word.lower() in self.table.needs_capital and word.islower():
            return True
        return m.start > 0 and self.text[m.start - 1] in "-.," and m.start > 1 and self.text[m.start - 2].isdigit()

    def _day_of(self, m: _Match) -> int | None:
        if m["ordinals"]:
            return self.rules.numbers.ordinals.get(m["ordinals"].lower())
        return int(m["day"])

    def _written_year(self, m: _Match) -> int | None:
        if m["year"]:
            return int(m["year"])
        if m["shortyear"]:
            return self._full_year(m["shortyear"])
        if m["thatyear"]:
            return self._that_year(m["thatyear"])
        return None

    def _that_year(self, word: str) -> int | None:
        word = word.lower()
        if word in ("this", "last", "next"):
            base = self.running if self.narrative else self.anchor
            return base.year + {"this": 0, "last": -1, "next": 1}[word] if base else None
        base = self.running or self.anchor
        if base is None:
            return None
        return base.year + (1 if "following" in word else -1 if "previous" in word else 0)

    def _year_of(self, month: int, day: int | None, m: _Match) -> int | None:
        """The year of a month or day without one; None where nothing in the report tells it."""
        shared = self.shared_year.match(self.text, m.end, m.end + 40)
        if shared:
            return int(shared["year"])  # "in August and September 1914"
        if self.narrative:
            return self._story_year(month)
        if self.anchor is None:
            return None
        if self.anchor.month is None:
            return self.anchor.year
        ahead = self._word_before(m.start).lower() in ("until", "till", "by", "for")
        return self._nearest_year(self.anchor, month, day, "" if ahead else self._tense(m.start, m.end))

    def _story_year(self, month: int) -> int | None:
        """The year that a history has reached; a month far before the one reached belongs to the next year."""
        if self.running is None:
            return self.anchor.year if self.anchor else None
        if self.running.month is not None and month - self.running.month <= -9:
            return self.running.year + 1
        return self.running.year

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

    def _days(self, m: _Match) -> _Made | None:
        """A range of days inside one month."""
        month = self.table.months[m["months"].lower()]
        if self._no_date(m):
            return None
        year = self._written_year(m)
        year = self._year_of(month, int(m["day"]), m) if year is None else year
        ends = [values.day_value(year, month, int(m["day"])), values.day_value(year, month, int(m["day2"]))]
        if None in ends or int(m["day2"]) <= int(m["day"]):
            return None
        spans = self._halves(m)
        return _Made(f"{ends[0]}/{ends[1]}", relative=not m["year"], parts=tuple(zip(spans, ends, strict=True)))

    def _halves(self, m: _Match) -> tuple[Span, Span]:
        """Where the two ends of a range stand: the month goes with the end it is beside."""
        first, second = m.group_span("day"), m.group_span("day2")
        if m.group_span("months").start < first.start:
            return Span(m.start, first.end), Span(second.start, m.end)
        return first, Span(second.start, m.end)

    def _years(self, m: _Match) -> _Made | None:
        first = int(m["year"])
        last = int(m["year2"]) if len(m["year2"]) == 4 else first // 100 * 100 + int(m["year2"])
        if not (values.valid(first) and values.valid(last) and 1000 <= first < last <= 2100):
            return None
        parts = ((m.group_span("year"), f"{first:04d}"), (m.group_span("year2"), f"{last:04d}"))
        return _Made(f"{first:04d}/{last:04d}", parts=parts)

    def _years_bc(self, m: _Match) -> _Made | None:
        first, last = int(m["bc"]), int(m["bc2"])
        if not first > last > 0:
            return None
        parts = ((m.group_span("bc"), f"BC{first:04d}"), (Span(m.group_span("bc2").start, m.end), f"BC{last:04d}"))
        return _Made(f"BC{first:04d}/BC{last:04d}", parts=parts)

    def _month(self, m: _Match) -> _Made | None:
        month = self.table.months[m["months"].lower()]
        if m["year"] or m["shortyear"]:
            return None if self._no_date(m) else _Made(values.month_value(self._written_year(m), month))
        if m["thatyear"]:
            return _Made(values.month_value(self._that_year(m["thatyear"]), month), relative=True)
        if m["shift"]:
            if m["months"].islower():
                return None
            return _Made(self._shifted_month(m["shift"].lower(), month), relative=True)
        if not self._bare_month(m):
            return None
        year = self._year_of(month, None, m)
        return _Made(values.month_value(year, month), relative=year is not None)

    def _bare_month(self, m: _Match) -> bool:
        """Whether a month word with nothing beside it is a month, not a verb, a modal or a given name."""
        word, name = m["months"], m["months"].lower()
        if name in self.table.only_with_number or word.islower():
            return False
        if word.isupper() and name in self.table.needs_capital:
            return self._word_before(m.start).lower() in ("in", "since", "until", "by", "during", "last", "next")
        if name in self.table.needs_capital or name in self.table.given_names:
            return self._placed(m.start) or (self._vouched(m.start) and not self._name_follows(m.start + len(word)))
        return True

    def _placed(self, start: int) -> bool:
        """Whether a preposition of time stands before: "in April Nixon resigned" is no April Nixon."""
        return self._word_before(start).lower() in ("in", "by", "since", "until", "during", "early", "late", "mid", "throughout", "last", "next")

    def _name_follows(self, end: int) -> bool:
        after = self._word_after(end)
        return after[:1].isupper() and self.text[end : end + 1] == " "

    def _shifted_month(self, word: str, month: int) -> str | None:
        running = word.split()[-1] in self.table.running_shifts or word == "the same"
        base = (self.running or self.anchor) if (running or self.narrative) else self.anchor
        if base is None:
            return values.month_value(None, month)
        step = self.table.shifts.get(word.split()[-1], 0)
        here = base.month or 1
        if step < 0 or word == "this past":
            return values.month_value(base.year - (month >= here), month)
        if step > 0:
            return values.month_value(base.year + (month <= here), month)
        return values.month_value(base.year, month)

    def _year(self, m: _Match) -> _Made | None:
        year = int(m["year"])
        if len(m["year"]) == 4 and not self._year_like(year, m):
            return None
        return _Made(f"{year:04d}") if values.valid(year) else _Made(None)

    def _year_like(self, year: int, m: _Match) -> bool:
        """Whether four bare digits are a year and not a number of things."""
        if not 1000 <= year <= 2100 or self._glued(m):
            return False
        before, after = self._word_before(m.start), self._word_after(m.end)
        if before in ("$", "€", "£", "№", "#", "No", "no", "about", "some", "over", "nearly", "almost", "than", "least"):
            return False
        if before.lower() in self.rules.vouching and before != "the":
            return after.lower() not in self.table.counted or before.lower() in ("in", "since", "until")
        if after.lower() in self.table.counted or after == "%":
            return False
        return 1500 <= year <= 2100 and not (after.islower() and after.endswith("s") and not 1900 <= year)

    def _glued(self, m: _Match) -> bool:
        """Whether digits hang on a name or a longer number: "Leopard-2000", "1,2019"."""
        if m.start == 0:
            return False
        before = self.text[m.start - 1]
        if before == "-":
            return m.start > 1 and self.text[m.start - 2].isalpha() and not re.search(r"(?:mid|pre|post|early|late)-$", self.text[max(0, m.start - 6) : m.start], re.I)
        return before in ".,:$€£№#/" and (m.start > 1 and self.text[m.start - 2].isdigit() or before in "$€£№#") or before.isalpha()

    def _century(self, m: _Match) -> _Made | None:
        number = int(m["nth"]) if m["nth"] else self.rules.numbers.ordinals.get(m["ordinals"].lower(), 0)
        return _Made(f"{number - 1:02d}") if 1 <= number <= 21 else None

    def _season(self, m: _Match) -> _Made | None:
        season = self.table.seasons[m["seasons"].lower()]
        if m["year"]:
            return _Made(f"{int(m['year']):04d}-{season}") if values.valid(int(m["year"])) else _Made(None)
        if m["shift"]:
            return _Made(self._shifted_season(m["shift"].lower(), season), relative=True)
        if self._word_before(m.start).lower() not in ("in", "the", "by", "since", "until", "during", "early", "late", "mid", "through", "of"):
            return None
        if self._word_before(m.start).lower() == "the" and self._word_after(m.end).lower() == "of":
            return None  # "the fall of the city"
        base = self.running if self.narrative and self.running else self.anchor
        if base is None:
            return _Made(f"XXXX-{season}", relative=True)
        step = self._season_step(base, season, m)
        return _Made(f"{base.year + step:04d}-{season}", relative=True)

    def _season_step(self, base: Moment, season: str, m: _Match) -> int:
        starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
        if self.narrative or base.month is None:
            return 0
        ahead = starts > base.month
        if ahead and self._tense(m.start, m.end) == "past":
            return -1
        return 0

    def _shifted_season(self, word: str, season: str) -> str | None:
        base = (self.running or self.anchor) if self.narrative else self.anchor
        if base is None:
            return None
        starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
        month, step = base.month or 6, self.table.shifts.get(word.split()[-1], 0)
        if step < 0:
            return f"{base.year - (starts + 2 >= month):04d}-{season}"
        if step > 0:
            return f"{base.year + (starts <= month):04d}-{season}"
        return f"{base.year:04d}-{season}"

    def _quarter(self, m: _Match) -> _Made | None:
        word = m["ordinals"].lower()
        number = 4 if word in ("last", "final") else self.rules.numbers.ordinals.get(word, 0)
        if not 1 <= number <= 4:
            return None
        year = self._written_year(m)
        if year is None and self.anchor is not None and self.anchor.month is not None:
            year = self.anchor.year - (number > (self.anchor.month - 1) // 3 + 1)
        return _Made(f"{year:04d}-Q{number}" if year is not None else None, relative=not m["year"])

    # Counted from the report or from the story

    def _weekday(self, m: _Match) -> _Made | None:
        word = m["weekdays"]
        if word.lower() in self.table.only_with_number or not (word[0].isupper()):
            return None
        if self._word_before(m.start) in ("Black", "Bloody", "Good"):
            return None
        day = self._weekday_date(self.table.weekdays[word.lower()], (m["shift"] or "").lower(), m)
        return self._parted(day, m["dayparts"])

    def _weekday_date(self, weekday: int, shift: str, m: _Match) -> str | None:
        base = self.running if self.narrative and self.running and self.running.date else self.anchor
        here = base.date if base else None
        if here is None:
            return None
        back = (here.isoweekday() - weekday) % 7
        step = self.table.shifts.get(shift.split()[-1], 0) if shift else 0
        if shift in ("next", "coming", "following"):
            return (here + timedelta(days=(weekday - here.isoweekday() - 1) % 7 + 1)).isoformat()
        if step < 0 or shift == "this past":
            return (here - timedelta(days=back or 7)).isoformat()
        if not re.search(r"[’']s", m.text) and self._tense(m.start, m.end) == "future" and back:
            return (here + timedelta(days=7 - back)).isoformat()
        return (here - timedelta(days=back)).isoformat()

    def _parted(self, day: str | None, part: str | None, relative: bool = True) -> _Made:
        """A day with its part: "2022-11-13TNI"."""
        if not part:
            return _Made(day, relative=relative)
        value = f"{day}T{self.table.dayparts[part.lower()]}" if day else None
        return _Made(value, TimeKind.TIME, relative=relative)

    def _clock(self, m: _Match) -> _Made | None:
        hour = int(m["hour"]) if m["hour"] else self.rules.numbers.words[m["words"].lower()]
        minute = int(m["minute"] or 0)
        part = (m["half"] or "").lower() or ("p" if (m["dayparts"] or "").lower() in ("afternoon", "evening", "night") else "a" if m["dayparts"] else "")
        if hour > 24 or minute > 59 or (part and hour > 12):
            return None
        hour = hour % 12 + (12 if part == "p" else 0) if part else hour
        day = self._clock_day(m)
        zone = "Z" if re.search(r"\b(?:UTC|GMT)\b", m.text) else ""
        return _Made(f"{day}T{hour:02d}:{minute:02d}{zone}" if day else None, TimeKind.TIME, relative=True)

    def _clock_day(self, m: _Match) -> str | None:
        if m["weekdays"]:
            return self._weekday_date(self.table.weekdays[m["weekdays"].lower()], "", m)
        if m["deictic"]:
            return self._days_off(self.table.deictic[m["deictic"].lower()])
        base = self.running if self.running and self.running.date else self.anchor
        return base.value if base and base.date else None

    def _days_off(self, days: int) -> str | None:
        base = self.running if self.narrative else self.anchor
        return values.moved(base, days, "D") if base else None

    def _deictic(self, m: _Match) -> _Made | None:
        word = re.sub(r"\s+", " ", m["deictic"].lower())
        day = self._days_off(self.table.deictic[word])
        if self.narrative and word == "today":
            return _Made("PRESENT_REF")
        return self._parted(day, "night" if word == "tonight" else m["dayparts"])

    def _part(self, m: _Match) -> _Made | None:
        word = m["shift"].lower()
        base = self.anchor if word in ("this", "last") and not self.narrative else (self.running or self.anchor)
        step = {"last": -1, "next": 1, "following": 1}.get(word, 0)
        return self._parted(values.moved(base, step, "D") if base else None, m["dayparts"])

    def _shift(self, m: _Match) -> _Made | None:
        unit = self.table.units[m["units"].lower()]
        word = (m["shift"] or "").lower().split()[-1] if m["shift"] else "this"
        if unit.startswith("T") or m["units"].lower().endswith("s") and unit not in ("E",):
            return None
        running = word in self.table.running_shifts or word == "the" or (self.narrative and word in ("next", "this", "last"))
        base = self.running or self.anchor if running else self.anchor
        if word in ("past", "current") and unit == "D":
            return None
        if word == "past":
            return _Made(_period(1.0, unit), TimeKind.DURATION)
        if unit == "D" and word == "this":
            return _Made(base.value if base and base.date else None, relative=True)
        if base is None:
            return _Made(None, relative=True)
        return _Made(values.moved(base, self.table.shifts.get(word, 0), unit), relative=True)

    def _period_of_story(self, m: _Match) -> _Made | None:
        """The year, month or week that the story has reached: "the end of the year"."""
        unit = self.table.units[m["units"].lower()]
        base = self.running or self.anchor
        if unit not in ("Y", "M", "W", "D") or m["units"].lower().endswith("s") or base is None:
            return None
        word = m.text.split()[0].lower()
        made = _Made(values.moved(base, 0, unit), relative=True)
        return replace(made, modifier=self.table.modifiers.get(word, ""))

    def _stretch(self, m: _Match) -> _Made | None:
        """A stretch that ends or begins now, "the past two months": a duration."""
        return self._duration(m)

    def _ago(self, m: _Match) -> _Made | None:
        unit = self.table.units[m["units"].lower()]
        way = (m["way"] or "").lower()
        back = way in ("ago", "earlier", "before", "prior")
        near = way in ("ago", "hence", "from now", "in", "within")
        base = (self.running or self.anchor) if not near or self.narrative else self.anchor
        number = self._count(m)
        if number is None or unit.startswith("T") or number != int(number):
            return _Made("PAST_REF" if back else "FUTURE_REF") if m["some"] is not None else _Made(None, relative=True)
        if way in ("before", "after", "afterwards", "afterward", "prior") and base is None:
            return None
        if base is None:
            return _Made(None, relative=True)
        steps = int(number) * (10 if unit == "DE" else 100 if unit == "CE" else 1)
        unit = "Y" if unit in ("DE", "CE") else unit
        return _Made(values.moved(base, -steps if back else steps, unit), relative=True)

    def _count(self, m: _Match) -> float | None:
        """How many units; None for a number that is not said."""
        if m["halfof"]:
            return 0.5
        if m["number"]:
            return number_value(m["number"], self.rules.numbers)
        return 1.0 if m["one"] is not None else None

    # How long, how often

    def _duration(self, m: _Match) -> _Made | None:
        unit = self.table.units[m["units"].lower()]
        count = self._count(m)
        if (m["number"] and count is None) or (m["one"] and m["units"].lower() == "second"):
            return None
        if m["fraction"] or " half" in re.sub(r"\s+", " ", m.text.lower()) and not m["halfof"]:
            count = (count or 1) + 0.5
        if m["number"] is None and m["some"] == "" and not self._plural_alone(m):
            return None
        return _Made(_period(count, unit), TimeKind.DURATION)

    def _plural_alone(self, m: _Match) -> bool:
        """Whether units without a number are a stretch of time: "for weeks", "years of war", not "his last days"."""
        return self._word_before(m.start).lower() in ("for", "in", "within", "over", "after", "of", "took", "take", "lasted", "last", "spent", "by", "many")

    def _every(self, m: _Match) -> _Made | None:
        if m["units"]:
            unit = self.table.units[m["units"].lower()]
            return _Made(_period(self._count(m) if m["number"] else 1.0, unit), TimeKind.SET)
        return _Made("P1W" if m["weekdays"] else "P1D", TimeKind.SET)

    def _feast(self, m: _Match) -> _Made | None:
        if not m["feasts"][0].isupper():
            return None
        written = self.table.feasts[re.sub(r"\s+", " ", m["feasts"].lower())]
        if "/" in written:
            return self._moving_feast(written, m)
        month, day = (int(part) for part in written.split("-"))
        year = int(m["year"]) if m["year"] else self._year_of(month, day, m)
        return _Made(values.day_value(year, month, day), relative=not m["year"] and year is not None)

    def _moving_feast(self, written: str, m: _Match) -> _Made:
        """A feast on the n-th weekday of a month."""
        month, nth, weekday = (int(part) for part in written.split("/"))
        year = int(m["year"]) if m["year"] else self._year_of(month, 25, m)
        day = values.nth_weekday(year, month, nth, weekday) if year else None
        return _Made(day, relative=True)

    def _vague(self, token: re.Match[str], span: Span) -> TimeExpression | None:
        match = self.rules.vague.match(self.text, token.start(), span.end)
        if match is None:
            return None
        word = re.sub(r"\s+", " ", match[0].lower())
        if match[0][0].isupper() and (not self._sentence_start(token.start()) or self._name_follows(match.end())):
            return None
        mention = Mention.at(Span(*match.span()), self.text)
        if word in self.table.sets:
            return TimeExpression(mention, self.table.sets[word], TimeKind.SET, rule="set")
        return TimeExpression(mention, self.table.vague[word], TimeKind.DATE, rule="vague")


@dataclass(frozen=True, slots=True)
class _Made:
    """What a rule makes of a match."""

    value: str | None
    kind: TimeKind = TimeKind.DATE
    relative: bool = False
    parts: tuple[tuple[Span, str | None], ...] = ()
    modifier: str = ""


class _Match:
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


def _period(count: float | None, unit: str) -> str:
    """A TimeML period: "P3D", "PXW", "PT5H30M" for hours and a half."""
    unit, factor = {"DE": ("Y", 10), "CE": ("Y", 100), "F": ("W", 2), "E": ("WE", 1)}.get(unit, (unit, 1))
    head = "PT" if unit.startswith("T") else "P"
    letter = unit[1:] if unit.startswith("T") else unit
    if count is None:
        return f"{head}X{letter}"
    count *= factor
    if unit == "TH" and count != int(count):
        return f"PT{int(count)}H{round(count % 1 * 60)}M"
    return f"{head}{count:g}{letter}" if count < 1e6 else f"{head}{int(count)}{letter}"
