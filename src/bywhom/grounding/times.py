"""When the event of a claim happened: from its own words, its sentence, a dated statement, or the day of the story.

Never from the date of publication alone: a report of today may tell of last year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from bywhom.grounding.carriedtimes import DATED, CarriedTable, carried_table, is_carried, told_of
from bywhom.grounding.reporttimes import is_no_date, settled, up_to_now
from bywhom.grounding.timevalues import iso_span, moment, month_value
from bywhom.grounding.timex import TimeExpression, TimeKind, TimeRules, find_times, load_time_rules
from bywhom.prose.sentences import sentences
from bywhom.records import (
    Attribution,
    BlockKind,
    Claim,
    Derived,
    Document,
    EventType,
    Leads,
    Mention,
    Modality,
    Span,
    Timespan,
)

__all__ = [
    "DatedStatement",
    "DocumentTimes",
    "TimeExpression",
    "TimeRules",
    "find_times",
    "load_time_rules",
    "resolve_times",
    "time_of",
]

# How many characters the day of the story reaches back, to what is told before it is named: some ten sentences.
_REACH = 1500
# How many characters a dated statement reaches: some seven sentences.
_STATEMENT_REACH = 1000
# How many sentences a report has to name the day of what it tells.
_LEAD = 5
# How many sentences of a report go on with its story even where they tell no event that happens on a day.
_TELLING = 20
# How many sentences a day is carried on before the day of the story is taken up again.
_RUNNING = 3
# Characters, a quotation mark and a blank among them, between a sentence and a claim that begins it.
_OPENING = 3
# Rules that count in weekdays or parts of the day, as news of the day does.
_DAILY = frozenset(
    ("weekday", "shift-weekday", "daypart-weekday", "clock-weekday", "deictic-part", "this-part", "earlier-day")
)
# A month dates the event of the lead only where it stands in one of the first two sentences, title included.
_MONTH_LEAD = 2
# "Since" and the clause between it and its date: "since the northern provinces rose in March".
_SINCE = re.compile(r"\bsince\b[^.,;]{0,80}$", re.IGNORECASE)
_SINCE_REACH = 90
_MONTH = re.compile(r"[\dX]{4}-\d\d")
_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A sentence that dates what somebody said, wrote or released."""

    sentence: Span
    speaker: str  # the words before the date, in which the speaker is named
    time: Timespan


@dataclass(frozen=True, slots=True)
class DocumentTimes:
    """What one report says about time: read once, asked for every claim."""

    rules: TimeRules
    text: str
    anchor: str | None  # the report's own date
    expressions: tuple[TimeExpression, ...]  # in text order, without the report's own date
    starts: tuple[int, ...]  # where each expression begins
    sentences: tuple[Span, ...] = ()
    statements: tuple[DatedStatement, ...] = ()
    story: Timespan | None = None  # the day of the event that the report is about, from its first sentences
    lead: frozenset[str] = frozenset()  # the words of the sentence that names it, where it names only a month

    def within(self, span: Span) -> tuple[TimeExpression, ...]:
        """The expressions that lie in a span."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end)
        return tuple(one for one in self.expressions[first:last] if one.mention.end <= span.end)

    def before(self, one: TimeExpression, chars: int) -> str:
        """The words in front of an expression."""
        return self.text[max(0, one.mention.start - chars) : one.mention.start]


# The whole report


def resolve_times(doc: Document, table: TimeRules) -> DocumentTimes:
    """The times of one report, resolved against its own date where it bears one."""
    bodies = [block.span for block in doc.blocks if block.kind in (BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING)]
    anchor = doc.published.value if doc.published else None
    found = _found(doc, bodies, anchor, table)
    if anchor is None and (year := _year_of_report(found)):
        found = _found(doc, bodies, year, table)
    years = _years_of_months(found)
    found = [_with_year(one, years) for one in found if not (_own_date(doc, one) or is_no_date(doc.text, one, anchor))]
    found = list(settled(doc.text, found, anchor, table))
    times = DocumentTimes(table, doc.text, anchor, tuple(found), tuple(one.mention.start for one in found))
    cut = [sentence for body in bodies for sentence in sentences(doc.text, body)]
    story, lead = _story(cut, times)
    statements = tuple(_statements(cut, times))
    return replace(times, sentences=tuple(cut), statements=statements, story=story, lead=lead)


def _found(doc: Document, bodies: list[Span], anchor: str | None, table: TimeRules) -> list[TimeExpression]:
    """The expressions of the report itself: furniture is read over, but nothing of it is kept."""
    if not bodies:
        return []
    inside = find_times(doc.text, Span(bodies[0].start, bodies[-1].end), anchor=anchor, table=table)
    ends = [body.end for body in bodies]
    return [one for one in inside if bodies[bisect_left(ends, one.mention.end)].start <= one.mention.start]


def _own_date(doc: Document, one: TimeExpression) -> bool:
    """Whether an expression is the date of the report, not of anything told in it."""
    own = doc.published.mention if doc.published else None
    return own is not None and one.mention.span.overlap(own.span) > 0


def _year_of_report(found: list[TimeExpression]) -> str | None:
    """The year in which an undated report was written, where "last year" takes up a year just named."""
    for named, again in pairwise(found):
        at = moment(named.value)
        near = again.mention.start - named.mention.end < 80
        if at and near and again.mention.text.lower() == "last year" and not named.relative:
            return f"{at.year + 1:04d}"
    return None


def _years_of_months(found: list[TimeExpression]) -> dict[str, str]:
    """For each month the year that the report gives it, where it gives only one."""
    years: dict[str, set[str]] = {}
    for one in found:
        if one.value and re.match(r"\d{4}-\d\d", one.value):
            years.setdefault(one.value[5:7], set()).add(one.value[:4])
    return {month: min(named) for month, named in years.items() if len(named) == 1}


def _with_year(one: TimeExpression, years: dict[str, str]) -> TimeExpression:
    """A month or day without year, in the year that the report gives the same month elsewhere."""
    if not one.value or not re.match(r"XXXX-\d\d", one.value) or one.value[5:7] not in years:
        return one
    return replace(one, value=years[one.value[5:7]] + one.value[4:], relative=True)


# Statements and the day of the story


def _statements(cut: list[Span], times: DocumentTimes) -> Iterator[DatedStatement]:
    """The sentences that date a statement on current events to a day, the first such date of each."""
    for sentence in cut:
        for one in times.within(sentence):
            span = _timespan(one, times.anchor, Derived.INFERRED)
            if span is not None and _DAY.fullmatch(span.value) and _dates_saying(sentence, one, times):
                yield DatedStatement(sentence, _clause_before(sentence, one, times), span)
                break


def _dates_saying(sentence: Span, one: TimeExpression, times: DocumentTimes) -> bool:
    """Whether an expression stands beside a word of saying, and not in what is said."""
    return _beside_saying(sentence, one, times, within=False)


def _beside_saying(sentence: Span, one: TimeExpression, times: DocumentTimes, *, within: bool) -> bool:
    """Whether an expression stands right before a word of saying or behind one; `within` what is said too."""
    patterns = times.rules.claims
    after = times.text[one.mention.end : min(sentence.end, one.mention.end + 20)]
    following = re.match(r"\s(?:that\s)?", after)
    if _late_report(one, times):
        return False
    if following and patterns.saying.match(after, following.end()):
        return True
    before = _clause_before(sentence, one, times)
    last = [word.end() for word in patterns.saying.finditer(before)][-1:]
    return bool(last) and (within or not patterns.told_of.search(before, last[0]))


def _clause_before(sentence: Span, one: TimeExpression, times: DocumentTimes) -> str:
    """The words between the last colon or semicolon and an expression: who said it on that day."""
    return re.split(r"[:;]", times.text[max(sentence.start, one.mention.start - 90) : one.mention.start])[-1]


def _late_report(one: TimeExpression, times: DocumentTimes) -> bool:
    """Whether an outlet "reported on" a date: it may tell of something older."""
    return one.rule not in _DAILY and bool(times.rules.claims.relaying.search(times.before(one, 30)))


def _story(cut: list[Span], times: DocumentTimes) -> tuple[Timespan | None, frozenset[str]]:
    """The day that the first sentences of the report name for what they tell, else a month and the words it dates."""
    month: tuple[Timespan | None, frozenset[str]] = (None, frozenset())
    for number, sentence in enumerate(cut[:_LEAD]):
        for one in times.within(sentence):
            span = _timespan(one, times.anchor, Derived.INFERRED)
            if span is None or _tells_of_saying(sentence, one, times):
                continue
            if _DAY.fullmatch(span.value):
                return span, frozenset()
            if number < _MONTH_LEAD and month[0] is None and _MONTH.fullmatch(span.value):
                month = span, _stems(sentence.of(times.text))
    return month


def _stems(text: str) -> frozenset[str]:
    """The long words of a text, cut to what their forms share."""
    return frozenset(word[:6].casefold() for word in re.findall(r"[^\W\d_]{5,}", text))


def _tells_of_saying(sentence: Span, one: TimeExpression, times: DocumentTimes) -> bool:
    """Whether a date belongs to an article or a speech and not to the event; a weekday dates both in news of the day."""
    dated = one.rule not in _DAILY and _beside_saying(sentence, one, times, within=True)
    return dated or _late_report(one, times)


# One claim


def time_of(
    doc: Document,
    claim: Claim,
    times: DocumentTimes,
    carried: CarriedTable | None = None,
    seen: Leads | None = None,
) -> Timespan | None:
    """When the event of a claim happened, None where the text does not tell; `seen`: the words for it that a trained reader sees.

    In this order: the words of the claim; its sentence; the dated statement that it belongs to; the day of the story, where
    `carried`, or the shipped table, makes it the claim's own. Event and modality decide how much of that a claim takes over
    from its surroundings: what is to come or long past has its own time.
    """
    table = carried or carried_table()
    sentence = claim.attribution.frame or claim.attribution.content
    own = own_time(doc, claim.span, sentence, claim.attribution, times, modality=claim.modality)
    if own.decided:
        return own.time
    story = story_day(claim.span, sentence, times, event=claim.event.type)
    return story if story and _goes_on(claim, story, times, seen, table) else None


def _goes_on(claim: Claim, story: Timespan, times: DocumentTimes, seen: Leads | None, table: CarriedTable) -> bool:
    """Whether a claim goes on with the story of which a day is told."""
    opens, told = begins_sentence(claim.span, times), told_of(story.evidence, seen, table.seen)
    return is_carried(claim, times.text, opens, times.rules, table, told)


@dataclass(frozen=True, slots=True)
class Told:
    """The time that a claim has of itself, and whether that is the last word: no day of the story can take its place."""

    time: Timespan | None
    decided: bool = True


def own_time(
    doc: Document,
    claim: Span,
    sentence: Span,
    attribution: Attribution | None,
    times: DocumentTimes,
    *,
    modality: Modality = Modality.ACTUAL,
) -> Told:
    """The time that the words of a claim, its sentence, or a dated statement of its source give."""
    own = _nearest(times.within(claim), claim, times)
    if own is not None or _unresolved(claim, times) or times.rules.claims.unreal.search(claim.of(doc.text)):
        return Told(own)
    statement = None if modality is Modality.HISTORICAL else _statement_of(attribution, claim, times)
    now = _now(claim, times)
    if now is not None:
        return Told(statement or _month_of_report(now, times))
    around = _around(claim, _whole_sentence(claim, sentence, times), times) or statement
    return Told(around, decided=around is not None or modality is not Modality.ACTUAL)


def story_day(claim: Span, sentence: Span, times: DocumentTimes, *, event: EventType | None = None) -> Timespan | None:
    """The day of the story for a claim of something actual that names no time: of its lead, or of the sentences just before."""
    number = bisect_right(times.sentences, claim.start, key=lambda sentence: sentence.start) - 1
    if event is not None and event not in DATED and number >= _TELLING:
        return None
    whole = _whole_sentence(claim, sentence, times)
    story = _day_of_story(claim, whole, times, leads=event in DATED and number <= _LEAD)
    return (_running_day(number, times) or story) if story and event in DATED else story


def begins_sentence(claim: Span, times: DocumentTimes) -> bool:
    """Whether a claim stands at the beginning of its sentence."""
    return claim.start - _whole_sentence(claim, claim, times).start <= _OPENING


def _running_day(number: int, times: DocumentTimes) -> Timespan | None:
    """The day that one of the sentences just before counts in weekdays: the story has moved on to it."""
    for sentence in reversed(times.sentences[max(0, number - _RUNNING) : max(0, number)]):
        for one in times.within(sentence):
            said = one.rule not in _DAILY or _beside_saying(sentence, one, times, within=True)
            span = None if said else _dated(one, times)
            if span is not None:
                return replace(span, derived=Derived.INFERRED)
    return None


def _whole_sentence(claim: Span, given: Span, times: DocumentTimes) -> Span:
    """The whole sentence around a claim: callers may know only the clause that frames it."""
    at = bisect_right(times.sentences, claim.start, key=lambda sentence: sentence.start) - 1
    if at < 0 or times.sentences[at].end <= claim.start:
        return given
    around = times.sentences[at]
    return Span(min(around.start, given.start), max(around.end, given.end, claim.end))


def _unresolved(claim: Span, times: DocumentTimes) -> bool:
    """Whether a claim has a date of its own that cannot be told: no other may take its place."""
    return any(one.value is None and one.kind is not TimeKind.DURATION for one in times.within(claim))


def _nearest(found: tuple[TimeExpression, ...], claim: Span, times: DocumentTimes) -> Timespan | None:
    """The dated expression nearest to the claim."""
    dated = [(one, span) for one in found if (span := _dated(one, times, claim))]
    if not dated:
        return None
    return min(dated, key=lambda pair: (_distance(pair[0].mention, claim), pair[0].mention.start))[1]


def _distance(mention: Mention, claim: Span) -> int:
    return max(0, claim.start - mention.end, mention.start - claim.end)


def _dated(one: TimeExpression, times: DocumentTimes, claim: Span | None = None) -> Timespan | None:
    """The expression as a time of an event; a stretch "since March" runs up to the report.

    What a claim says of the beginning itself ("since the fort fell in March") happened then.
    """
    if _late_report(one, times):
        return None
    span = _timespan(one, times.anchor, Derived.RESOLVED if one.relative else Derived.STATED)
    since = _SINCE.search(times.before(one, _SINCE_REACH)) if span else None
    if since is None or times.text[one.mention.end : one.mention.end + 6] == " when ":
        return span
    behind = one.mention.start - len(since[0]) + len("since ")
    begins = claim is not None and abs(claim.start - behind) <= 1
    return span if begins or span is None else _since(span, times.anchor)


def _since(span: Timespan, anchor: str | None) -> Timespan | None:
    """From a beginning up to the month of the report; None where the report is not dated."""
    first = span.value.split("/")[0]
    if anchor is None or "X" in first:
        return None
    last = anchor[: max(4, min(len(first), 7))]
    return replace(span, value=f"{first}/{last}") if first[: len(last)] < last else None


def _timespan(one: TimeExpression, anchor: str | None, derived: Derived) -> Timespan | None:
    """An expression as days of the calendar, None where it is vague, impossible or not dated."""
    if one.value is None or one.kind in (TimeKind.DURATION, TimeKind.SET):
        value = up_to_now(one, anchor)
        return Timespan(value, one.mention, Derived.RESOLVED) if value else None
    value = _this_week(one, anchor) or iso_span(one.value)
    return Timespan(value, one.mention, derived) if value else None


def _this_week(one: TimeExpression, anchor: str | None) -> str | None:
    """The seven days up to the report for "this week": whoever writes it on a Monday means no week to come."""
    here = moment(anchor)
    if here is None or here.date is None or not re.search(r"this\s+week$", one.mention.text, re.IGNORECASE):
        return None
    return f"{(here.date - timedelta(days=6)).isoformat()}/{here.date.isoformat()}"


def _now(claim: Span, times: DocumentTimes) -> TimeExpression | None:
    """The "now" of a claim."""
    return next((one for one in times.within(claim) if one.value == "PRESENT_REF"), None)


def _month_of_report(now: TimeExpression, times: DocumentTimes) -> Timespan | None:
    """The month of the report for its "now", None where the report bears no date."""
    here = moment(times.anchor)
    value = month_value(here.year, here.month) if here and here.month else None
    return Timespan(value, now.mention, Derived.RESOLVED) if value else None


def _around(claim: Span, sentence: Span, times: DocumentTimes) -> Timespan | None:
    """The time that the rest of the sentence gives, unless the claim has a vague time of its own or moves on."""
    if times.rules.claims.onward.search(claim.of(times.text)) or _vaguely_timed(claim, times):
        return None
    found = _nearest(times.within(sentence), claim, times)
    if found is None:
        return _taken_up(sentence, times)
    return None if _holds_story(found, times.story) else found


def _vaguely_timed(claim: Span, times: DocumentTimes) -> bool:
    """Whether a claim says when in words that no calendar holds: "in recent months"."""
    return any(one.rule in ("shift-plural", "shift-many", "vague") or one.value is None for one in times.within(claim))


def _holds_story(found: Timespan, story: Timespan | None) -> bool:
    """Whether a year only repeats the year of the story, as in a by-line: the day says more."""
    return story is not None and len(found.value) == 4 and story.value.startswith(found.value)


def _taken_up(sentence: Span, times: DocumentTimes) -> Timespan | None:
    """The date of the event that "that attack" takes up: the last one named before the sentence."""
    if not times.rules.claims.taking_up.search(sentence.of(times.text)[:60]):
        return None
    last = bisect_left(times.starts, sentence.start)
    for one in reversed(times.expressions[max(0, last - 2) : last]):
        span = _dated(one, times)
        if span and sentence.start - one.mention.end < 300:
            return replace(span, derived=Derived.INFERRED)
    return None


def _statement_of(attribution: Attribution | None, claim: Span, times: DocumentTimes) -> Timespan | None:
    """The date of the last statement before a claim, if it is one of the claim's own source or relays."""
    last = bisect_right(times.statements, claim.start, key=lambda statement: statement.sentence.start)
    if attribution is None or attribution.source is None or last == 0:
        return None
    statement = times.statements[last - 1]
    common = times.rules.claims.common_names
    spoken = _names(" ".join(hop.name or "" for hop in attribution.chain), common)
    near = claim.start - statement.time.evidence.end <= _STATEMENT_REACH
    return statement.time if near and spoken & _names(statement.speaker, common) else None


def _names(text: str, common: frozenset[str]) -> set[str]:
    """The capitalised words that can tell one speaker from another."""
    words = {word.casefold() for word in re.findall(r"[A-Z][\w’'-]{2,}", text)}
    return {re.sub(r"[’']s$", "", word) for word in words} - common


def _day_of_story(claim: Span, sentence: Span, times: DocumentTimes, *, leads: bool = False) -> Timespan | None:
    """The day of the story for a claim that goes on telling it: in the past tense, or without a verb.

    What `leads`, an event in the first sentences, is of the day in any tense ("has killed").
    """
    if times.story is None or sentence.start + _REACH < times.story.evidence.start:
        return None
    words, patterns = claim.of(times.text), times.rules.claims
    if times.lead and len(times.lead & _stems(words)) < 2:
        return None
    standing = patterns.standing.search(words)
    if standing and not leads and not patterns.past.search(words, 0, standing.start()):
        return None
    return None if _vaguely_timed(Span(sentence.start, claim.end), times) else times.story
