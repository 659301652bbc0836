"""Sentences inside a quotation: its speaker is named beside it, behind it, before it, or is the one who went on."""

from __future__ import annotations

from itertools import islice

from bywhom.attribution.contents import content_span
from bywhom.attribution.names import joined
from bywhom.attribution.reading import Reading, Sentence, Turn, Voice, going_on
from bywhom.attribution.sayings import add_content, turn_of
from bywhom.attribution.sources import Speaker
from bywhom.attribution.statements import find_tag
from bywhom.prose.quotations import Quotation
from bywhom.records import Quote, Source, SourceKind, Span

_AHEAD = 13  # sentences of one quotation in which its speaker is looked for
_APART = 400  # characters between two quotations of one speaker, at most


def read_quoted(reading: Reading, number: int, quotation: Quotation) -> None:
    """Attribute a sentence that stands inside a quotation."""
    sentence = reading.sentences[number]
    turn = (
        reading.turn_in(quotation)
        or _turn_ahead(reading, number, quotation)
        or _turn_before(reading, sentence, quotation)
    )
    span = content_span(sentence.line, (0, len(sentence.line)))
    if span is None:
        return
    if turn is None:
        nobody = Source(None, SourceKind.ANONYMOUS, None)
        reading.add(span, sentence, Voice(nobody, relays=reading.dispatch.hops))
        return
    reading.take_turn(quotation, turn)
    reading.cast.speak(turn.speaker)
    reading.open = turn
    add_content(reading, sentence, span, reading.voice_of(turn))


def _turn_ahead(reading: Reading, number: int, quotation: Quotation) -> Turn | None:
    """The speaker named where the quotation ends: "A. B. C," he said; over paragraph breaks too."""
    for sentence in islice(reading.sentences, number + 1, number + 1 + _AHEAD):
        if not quotation.outer.overlap(sentence.span):
            tag = _tag(reading, sentence, quotation)
            if tag is not None:
                return tag
            following = next(iter(sentence.quotations), None)
            if following is None or not (quotation.goes_on and following.continues):
                return None
            quotation = following
        turns = (turn_of(reading, sentence, statement) for statement in sentence.speaking)
        turn = next((turn for turn in turns if turn is not None), None)
        if turn is not None:
            return turn
    return None


def is_tag(reading: Reading, number: int) -> bool:
    """Whether a sentence only tells who spoke the quotation before it: "“Where are they?” Kolb asked a sailor."."""
    before = reading.sentences[number - 1].quotations if number else ()
    return bool(before) and _tag(reading, reading.sentences[number], before[-1]) is not None


def _tag(reading: Reading, sentence: Sentence, quotation: Quotation) -> Turn | None:
    """Who spoke a quotation that ends in its own full stop, told in the sentence right behind it."""
    between = reading.text[quotation.outer.end : sentence.span.start]
    ends = reading.text[quotation.inner.end - 1 : quotation.inner.end] in {"?", "!", "."}
    if sentence.first or between.strip() or not ends or sentence.quotations:
        return None
    tag = find_tag(sentence.line)
    return turn_of(reading, sentence, tag) if tag is not None else None


def _turn_before(reading: Reading, sentence: Sentence, quotation: Quotation) -> Turn | None:
    """Who goes on in a quotation that names nobody."""
    before, end = reading.turn_before(quotation)
    if quotation.continues and before is not None:
        return before.going_on()
    if reading.open is not None:
        return reading.open.going_on()
    if before is not None and _goes_on_at_once(reading, Span(end, quotation.outer.start)):
        return before.going_on()
    if reading.told.hops and not reading.told.firm:
        return teller(reading)
    return _last_speaker(reading, sentence)


def _goes_on_at_once(reading: Reading, between: Span) -> bool:
    """Whether next to nothing stands between two quotations, and somebody was quoted last."""
    quoted = bool(reading.found) and reading.found[-1].quote is Quote.DIRECT
    return quoted and len(between) < 10 * _APART and len(between.of(reading.text).strip()) < _APART


def _last_speaker(reading: Reading, sentence: Sentence) -> Turn | None:
    """Who spoke last, if the text before ends in a colon or tells somebody's words."""
    speaker = reading.cast.last
    told = bool(reading.found) and reading.found[-1].source is not None
    if speaker is None or not (told or _after_colon(reading.text, sentence)):
        return None
    return going_on(speaker)


def _after_colon(text: str, sentence: Sentence) -> bool:
    return text[max(0, sentence.span.start - 50) : sentence.span.start].rstrip().endswith(":")


def teller(reading: Reading) -> Turn:
    """The outlet whose report is being told, as a speaker."""
    hops = reading.told.hops
    names = tuple(h.name for h in hops if h.name)
    speaker = Speaker(joined(names), SourceKind.MEDIA, person=False, plural=len(names) > 1, proper=True)
    speaker.channel = reading.cast.channel_of(speaker.name)
    return going_on(speaker, hops[0].mention)
