"""Denials in short: "the kingdom denied the allegations" denies what was told before."""

from __future__ import annotations

from collections.abc import Iterable

from bywhom.claims.phrases import lemmas
from bywhom.claims.polarity import PolarityTable
from bywhom.prose.lexis import Lexis, Tag
from bywhom.prose.words import words_of
from bywhom.records import Attribution, Claim, Event, EventType, Mention, Span

_LONGEST = 4  # words of a content that only points back: "all of these accusations"
_BACK = 800  # characters before a denial in which that stands which it denies
_POINTING = frozenset({Tag.DETERMINER, Tag.PRONOUN, Tag.PREPOSITION, Tag.NUMBER, Tag.THAT})


def denied_in_short(text: str, said: Attribution, *, table: PolarityTable, lex: Lexis) -> Span | None:
    """The denial with who makes it, where its content only points back to what was told; None elsewhere."""
    if said.cue is None or said.source is None or said.source.mention is None:
        return None
    start, end = said.source.mention.start, said.content.end
    if not start < said.cue.start < said.content.start or (said.frame and not said.frame.covers(Span(start, end))):
        return None
    if not lemmas(words_of(text, said.cue.span), lex) & table.denial:
        return None
    words = words_of(text, said.content)
    named = [word.low for word in words if lex.tags.get(word.low) not in _POINTING]
    points = bool(named) and set(named) <= table.words_denied | table.blame
    return Span(start, end) if points and len(words) <= _LONGEST else None


def event_denied(denial: Span, told: Iterable[Claim], points: Mention) -> Event:
    """What a denial in short denies: the event of the last sentence before it that tells one, as its first claim has it.

    `points` are the words that point back to it.
    """
    before = [
        claim
        for claim in told
        if denial.start - _BACK <= claim.span.end <= denial.start and claim.event.type is not EventType.OTHER
    ]
    last = max(before, key=lambda claim: claim.span, default=None)
    if last is None:
        return Event(EventType.OTHER)
    sentence = last.attribution.frame
    return Event(min((c for c in before if c.attribution.frame == sentence), key=lambda c: c.span).event.type, points)
