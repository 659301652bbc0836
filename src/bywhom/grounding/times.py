"""When the event of a claim happened: from its own words, its sentence, a dated statement, or the day of the story.

Never from the date of publication alone: a report of today may tell of last year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bywhom.grounding.timevalues import iso_span, moment, month_value
from bywhom.grounding.timex import TimeExpression, TimeKind, TimeRules, find_times, load_time_rules
from bywhom.prose.sentences import sentences
from bywhom.records import Attribution, BlockKind, Derived, Document, Mention, Span, Timespan

__all__ = ["DocumentTimes", "TimeExpression", "TimeRules", "find_times", "load_time_rules", "resolve_times", "time_of"]


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A sentence that dates what somebody said, wrote or released."""

    sentence: Span
    speaker: str  # the words before the date, in which the speaker is named
    time: Timespan


@dataclass(frozen=True, slots=True)
class DocumentTimes:
    """What one report says about time: read once, asked for every claim."""

    anchor: str | None  # the report's own date
    expressions: tuple[TimeExpression, ...]  # in text order, without the report's own date
    starts: tuple[int, ...]  # where each expression begins
    statements: tuple[DatedStatement, ...]
    story: Timespan | None  # the day of the event that the report is about, from its first sentences

    def within(self, span: Span) -> tuple[TimeExpression, ...]:
        """The expressions that lie in a span."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end)
        return tuple(one for one in self.expressions[first:last] if one.mention.end <= span.end)


def resolve_times(doc: Document, table: TimeRules) -> DocumentTimes:
    """The times of one report, resolved against its own date where it bears one."""
    bodies = [block.span for block in doc.blocks if block.kind in (BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING)]
    anchor = doc.published.value if doc.published else None
    found = _found(doc, bodies, anchor, table)
    if anchor is None and (year := _year_of_report(doc.text, found)):
        found = _found(doc, bodies, year, table)
    found = [_with_year(one, found) for one in found if not _own_date(doc, one)]
    cut = [sentence for body in bodies for sentence in sentences(doc.text, body)]
    times = DocumentTimes(anchor, tuple(found), tuple(one.mention.start for one in found), (), None)
    statements = tuple(_statements(doc.text, cut, times))
    return replace(times, statements=statements, story=_story(doc, cut, times))


def _found(doc: Document, bodies: list[Span], anchor: str | None, table: TimeRules) -> list[TimeExpression]:
    whole = Span(min((body.start for body in bodies), default=0), max((body.end for body in bodies), default=0))
    inside = find_times(doc.text, whole, anchor=anchor, table=table)
    ends = [body.end for body in bodies]
    return [one for one in inside if (i := bisect_left(ends, one.mention.end)) < len(bodies) and bodies[i].start <= one.mention.start]


def _own_date(doc: Document, one: TimeExpression) -> bool:
    """Whether an expression is the date of the report, not of anything told in it."""
    own = doc.published.mention if doc.published else None
    return own is not None and one.mention.span.overlap(own.span) > 0


def _year_of_report(text: str, found: list[TimeExpression]) -> str | None:
    """The year in which an undated report was written, where "last year" takes up a year just named."""
    for named, again in zip(found, found[1:], strict=False):
        at = moment(named.value)
        near = again.mention.start - named.mention.end < 80
        if at and near and named.value and again.mention.text.lower() == "last year" and not named.relative:
            return f"{at.year + 1:04d}"
    return None


def _with_year(one: TimeExpression, found: list[TimeExpression]) -> TimeExpression:
    """A month or day without year in the year that the report gives the same month elsewhere, if it gives only one."""
    if not one.value or not re.match(r"XXXX-\d\d", one.value):
        return one
    month = one.value[5:7]
    years = {o.value[:4] for o in found if o.value and re.match(rf"\d{{4}}-{month}", o.value)}
    return replace(one, value=years.pop() + one.value[4:], relative=True) if len(years) == 1 else one


# Statements and the day of the story

_SAYING = re.compile(
    r"\b(?:said|says?|saying|told|tells|stated|states|statement|report|reported|reports|released?|bulletin|briefing|announced|wrote|writes|"
    r"article|dated|posted|claimed|interview|declared|press release|communiqu[eé]|message|speech|address)\b",
    re.IGNORECASE,
)
# An outlet that "reported on 3 March" tells a story that may be older; a weekday is the habit of news of the day.
_RELAYED = re.compile(r"(?<!was )(?<!were )\b(?:reported|reports|published|posted)\s(?:\w+\s){0,2}$", re.IGNORECASE)


def _statements(text: str, cut: list[Span], times: DocumentTimes) -> Iterator[DatedStatement]:
    """The sentences that date a statement on current events."""
    for sentence in cut:
        for one in times.within(sentence):
            span = _timespan(one, times.anchor, Derived.INFERRED)
            if span is None or one.kind is TimeKind.DURATION or not _dates_saying(text, sentence, one):
                continue
            yield DatedStatement(sentence, _clause_before(text, sentence, one), span)
            break


def _dates_saying(text: str, sentence: Span, one: TimeExpression) -> bool:
    """Whether an expression stands beside a word of saying."""
    if _late_report(text, one):
        return False
    before = _clause_before(text, sentence, one)
    after = text[one.mention.end : min(sentence.end, one.mention.end + 30)]
    return bool(_SAYING.search(before) or re.match(r"\s(?:that\s)?" + _SAYING.pattern[2:], after, re.IGNORECASE))


def _clause_before(text: str, sentence: Span, one: TimeExpression) -> str:
    """The words between the last stop, colon or semicolon and an expression: who said it on that day."""
    return re.split(r"[:;]", text[max(sentence.start, one.mention.start - 90) : one.mention.start])[-1]


def _late_report(text: str, one: TimeExpression) -> bool:
    return not _weekday(one) and bool(_RELAYED.search(text[max(0, one.mention.start - 30) : one.mention.start]))


def _weekday(one: TimeExpression) -> bool:
    return one.rule in ("weekday", "shift-weekday", "daypart-weekday", "deictic-part", "this-part", "clock-weekday", "earlier-day")


def _story(doc: Document, cut: list[Span], times: DocumentTimes) -> Timespan | None:
    """The day that the first sentences of the report name for what they tell."""
    for sentence in cut[:5]:
        for one in times.within(sentence):
            span = _timespan(one, times.anchor, Derived.INFERRED)
            if span and re.fullmatch(r"[\dX]{4}-\d\d-\d\d", span.value) and not _tells_of_saying(doc.text, sentence, one):
                return span
    return None


def _tells_of_saying(text: str, sentence: Span, one: TimeExpression) -> bool:
    """Whether a date belongs to an article or a speech and not to the event; a weekday dates both in news of the day."""
    return not _weekday(one) and _dates_saying(text, sentence, one) or _late_report(text, one)


# One claim

# What sets a claim apart from the day of its sentence or story: the future, the possible, the condition.
_UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|should|must|can|cannot|if|possible|likely|expects?|expected|plans?|planned|intends?|going to|poised)\b|[’']ll\b",
    re.IGNORECASE,
)
# The present and the perfect tell of states and habits; a past verb before them keeps the claim in the story.
_STANDING = re.compile(
    r"\b(?:is|are|am|has|have|remains?|continues?|wants?|controls?|holds?|since|until|ago|always|never|often|usually|decades?|years?|"
    r"recent|weeks|months|days)\b",
    re.IGNORECASE,
)
# Words that move the story on from the date just named.
_ONWARD = re.compile(r"^\W*(?:but |and )?(?:then|later|afterwards?|since then|thereafter)\b", re.IGNORECASE)
_THAT = re.compile(r"^\W*(?:in |during |after )?(?:that|the latter|the earlier|the previous)\s[a-z]", re.IGNORECASE)
_AFTER = re.compile(r"(?P<after>\bafter|\bbefore)\s(?:the\s|an?\s)?$", re.IGNORECASE)


def time_of(
    doc: Document,
    claim_span: Span,
    sentence_span: Span,
    attribution: Attribution | None,
    document_times: DocumentTimes,
) -> Timespan | None:
    """When the event of a claim happened, None where the text does not tell.

    In this order: the words of the claim; its sentence; the dated statement that it belongs to; the day of the story.
    """
    own = _nearest(doc, document_times.within(claim_span), claim_span, document_times)
    if own is not None:
        return own
    if _UNREAL.search(claim_span.of(doc.text)):
        return None
    statement = _statement_of(attribution, claim_span, document_times)
    if _says_now(claim_span, document_times):
        return statement or _now(claim_span, document_times)
    around = _around(doc, claim_span, sentence_span, document_times)
    return around or statement or _day_of_story(doc, claim_span, sentence_span, document_times)


def _around(doc: Document, claim: Span, sentence: Span, times: DocumentTimes) -> Timespan | None:
    """The time that the rest of the sentence gives, unless the claim has a vague time of its own or moves on."""
    if _ONWARD.search(claim.of(doc.text)) or any(one.vague and one.kind is not TimeKind.SET for one in times.within(claim) if _own_stretch(one)):
        return None
    found = _nearest(doc, times.within(sentence), claim, times)
    if found is None:
        return _taken_up(doc, sentence, times)
    return None if _holds_story(found, times) else found


def _own_stretch(one: TimeExpression) -> bool:
    """Whether a vague expression says when, "in recent months", and not how long."""
    return one.rule in ("shift-plural", "shift-many", "vague") or one.value is None


def _holds_story(found: Timespan, times: DocumentTimes) -> bool:
    """Whether a time is only a coarser form of the day of the story: the year in a by-line."""
    return times.story is not None and found.value != times.story.value and len(found.value) == 4 and times.story.value.startswith(found.value)


def _taken_up(doc: Document, sentence: Span, times: DocumentTimes) -> Timespan | None:
    """The date of the event that "that attack" takes up: the last one named before the sentence."""
    if not _THAT.search(sentence.of(doc.text)[:60]):
        return None
    last = bisect_left(times.starts, sentence.start)
    for one in reversed(times.expressions[max(0, last - 2) : last]):
        span = _dated(doc, one, times)
        if span and sentence.start - one.mention.end < 300:
            return replace(span, derived=Derived.INFERRED)
    return None


def _nearest(doc: Document, found: tuple[TimeExpression, ...], claim: Span, times: DocumentTimes) -> Timespan | None:
    """The dated expression nearest to the claim."""
    dated = [(one, span) for one in found if (span := _dated(doc, one, times))]
    if not dated:
        return None
    return min(dated, key=lambda pair: (_distance(pair[0].mention, claim), pair[0].mention.start))[1]


def _distance(mention: Mention, claim: Span) -> int:
    return max(0, claim.start - mention.end, mention.start - claim.end)


def _dated(doc: Document, one: TimeExpression, times: DocumentTimes) -> Timespan | None:
    """The expression as a time of an event; a stretch "since March" runs up to the report."""
    if _late_report(doc.text, one) or one.kind in (TimeKind.DURATION, TimeKind.SET):
        return None
    span = _timespan(one, times.anchor, Derived.RESOLVED if one.relative else Derived.STATED)
    if span is None:
        return None
    if re.search(r"\bsince\b[^.,;]{0,50}$", doc.text[max(0, one.mention.start - 60) : one.mention.start], re.IGNORECASE):
        return _since(one, span, times)
    return span


def _since(one: TimeExpression, span: Timespan, times: DocumentTimes) -> Timespan | None:
    """From a beginning up to the month of the report; None where the report is not dated."""
    first = span.value.split("/")[0]
    if times.anchor is None or "X" in first:
        return None
    last = times.anchor[: max(4, min(len(first), 7))]
    return replace(span, value=f"{first}/{last}") if first[: len(last)] < last else None


def _timespan(one: TimeExpression, anchor: str | None, derived: Derived) -> Timespan | None:
    """An expression as days of the calendar, None where it is vague, impossible or not dated."""
    if one.value is None or one.kind in (TimeKind.DURATION, TimeKind.SET):
        return None
    value = _this_week(one, anchor) or iso_span(one.value)
    return Timespan(value, one.mention, derived) if value else None


def _this_week(one: TimeExpression, anchor: str | None) -> str | None:
    """"This week" as the seven days up to the report."""
    here = moment(anchor)
    if here is None or here.date is None or not re.search(r"this\s+week$", one.mention.text, re.IGNORECASE):
        return None
    return f"{(here.date - timedelta(days=6)).isoformat()}/{here.date.isoformat()}"


def _says_now(claim: Span, times: DocumentTimes) -> bool:
    return any(one.value == "PRESENT_REF" for one in times.within(claim))


def _now(claim: Span, times: DocumentTimes) -> Timespan | None:
    """"Now" as the month of the report, None where the report bears no date."""
    here = moment(times.anchor)
    now = next(one for one in times.within(claim) if one.value == "PRESENT_REF")
    value = month_value(here.year, here.month) if here and here.month else None
    return Timespan(value, now.mention, Derived.RESOLVED) if value else None


def _statement_of(attribution: Attribution | None, claim: Span, times: DocumentTimes) -> Timespan | None:
    """The date of the last statement before a claim, if it is one of the claim's own source or relays."""
    if attribution is None or attribution.source is None:
        return None
    names = _names([attribution.source.name, *(hop.name for hop in attribution.relays)])
    for statement in reversed(times.statements):
        if statement.sentence.start <= claim.start and claim.start - statement.sentence.end < 1500:
            return statement.time if names & _names([statement.speaker]) else None
    return None


def _names(texts: list[str | None]) -> set[str]:
    """The capitalised words that can tell one speaker from another."""
    words = {word.casefold() for text in texts if text for word in re.findall(r"[A-Z][\w’'-]{2,}", text)}
    return {re.sub(r"[’']s$", "", word) for word in words} - _TOO_COMMON


_TOO_COMMON = frozenset("the russian ukrainian russia ukraine ministry minister president general army forces people republic news agency".split())


def _day_of_story(doc: Document, claim: Span, sentence: Span, times: DocumentTimes) -> Timespan | None:
    """The day of the story for a claim that goes on telling it."""
    if times.story is None or sentence.start + 1500 < times.story.evidence.start:
        return None
    words = claim.of(doc.text)
    standing = _STANDING.search(words)
    if standing and not _PAST.search(words, 0, standing.start()):
        return None
    return None if _own_vague(claim, times) else times.story


_PAST = re.compile(r"\b(?:was|were|had|did|[a-z]{3,20}ed|struck|hit|blew|fell|fired|shot|left|took|lay|saw|rang|began|set|broke|held|made)\b", re.IGNORECASE)


def _own_vague(claim: Span, times: DocumentTimes) -> bool:
    return any(_own_stretch(one) for one in times.within(claim))
