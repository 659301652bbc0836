"""Stretches without a cue: the open source goes on, or the outlet being told, or the publisher speaks."""

from __future__ import annotations

from collections.abc import Sequence

from bywhom.attribution.chain import Frame, join_hops
from bywhom.attribution.contents import content_span, regular_past
from bywhom.attribution.line import Line
from bywhom.attribution.quoted import teller
from bywhom.attribution.reading import Reading, Sentence, Voice, going_on
from bywhom.attribution.statement import Statement
from bywhom.records import Resolution, Source, Span

_UNABLE = 6  # words between "not" and "verify"
_CLAUSE = 5  # words: a clause left over beside a statement is longer


def read_uncued(reading: Reading, sentence: Sentence) -> None:
    """Attribute a whole sentence that names no source."""
    span = content_span(sentence.line, (0, len(sentence.line)))
    if span is not None:
        _told_on(reading, sentence, span)


def read_leftover(reading: Reading, sentence: Sentence, statements: Sequence[Statement]) -> None:
    """Attribute a clause beside the statements that none of them has: "While no order was given, sources say …"."""
    taken = min(first for s in statements for first, _ in (*s.contents, s.frame))
    line, lex = sentence.line.part(0, taken), reading.lexicon
    opener = next((line.lows[i] for i in range(len(line)) if line.is_word(i)), "")
    conceding = opener in lex.accounts.conceding
    if len(line) <= _CLAUSE or not _has_verb(line) or not (conceding or _is_main(line, opener)):
        return
    span = content_span(line, (1 if conceding else 0, _without_link(line)))
    if span is not None:
        _told_on(reading, sentence, span)


def _has_verb(line: Line) -> bool:
    """Whether a finite verb shows, or a regular past between a noun and what it was done to: "the raid killed two porters"."""
    return line.has_finite(0, len(line)) or any(_is_past(line, i) for i in range(1, len(line)))


def _is_past(line: Line, i: int) -> bool:
    """Whether a word in -ed is a verb with its object, no adjective: a noun or name before it, a noun phrase behind it."""
    grammar, before, after = line.lex.grammar, line.low(i - 1), line.low(i + 1)
    if not regular_past(line, i) or line.low(i) in grammar.no_past or before.endswith("ly") or _is_closed(line, i - 1):
        return False
    bound = after in grammar.bounds and any(_counts(line, k) for k in (i + 2, i + 3))  # "killed at least nine"
    if bound or _counts(line, i + 1) or after in grammar.determiners:
        return True
    return not line.is_capital(i - 1) and after.endswith("s") and not _is_closed(line, i + 1)


def _is_closed(line: Line, i: int) -> bool:
    """Whether word `i` is none of those that can be nouns."""
    grammar, low = line.lex.grammar, line.low(i)
    return (
        low in grammar.determiners
        or low in grammar.counts
        or low in grammar.prepositions
        or low in grammar.adverbs
        or low in grammar.conjunctions
        or low in grammar.subordinators
    )


def _counts(line: Line, i: int) -> bool:
    return line.low(i) in line.lex.grammar.counts or line.mark(i)[:1].isdigit()


def _is_main(line: Line, opener: str) -> bool:
    grammar = line.lex.grammar
    bound = opener in grammar.subordinators or opener in grammar.prepositions or opener in grammar.adverbs
    return not bound or opener == "with"


def _without_link(line: Line) -> int:
    """Where a stretch ends without the word that led on from it: "… the talks come following"."""
    grammar = line.lex.grammar
    last = len(line)
    while last and (
        not line.is_word(last - 1)
        or line.lows[last - 1] in grammar.prepositions
        or line.lows[last - 1] in grammar.subordinators
    ):
        last -= 1
    return last


def _told_on(reading: Reading, sentence: Sentence, span: Span) -> None:
    if reading.label is not None:
        reading.add(span, sentence, reading.voice_of(reading.label.going_on()))
    elif reading.speech is not None and reading.open is None:
        reading.add(span, sentence, reading.voice_of(reading.speech.going_on()))
    elif sentence.around is None and _is_caveat(sentence.line):
        reading.add(span, sentence, _publisher(reading))
    elif sentence.around is None and not reading.lexicon.accounts.own_voice.isdisjoint(sentence.line.lows):
        reading.open = None
        reading.told = reading.told if reading.told.firm else Frame()
        reading.add(span, sentence, _publisher(reading))
    elif reading.open is not None and not sentence.first and (not sentence.crowded or _goes_on(sentence)):
        reading.add(span, sentence, reading.voice_of(reading.open.going_on()))
    elif sentence.first and _is_reported_on(sentence) and reading.cast.last is not None:
        reading.open = going_on(reading.cast.last)
        reading.add(span, sentence, reading.voice_of(reading.open))
    elif reading.told.hops and (reading.told.firm or not sentence.crowded):
        source = teller(reading).source
        relays = join_hops(reading.dispatch.hops, without=source.name)
        reading.add(span, sentence, Voice(source, relays=relays, channel=reading.heard_by))
    else:
        reading.add(span, sentence, _publisher(reading))


def _is_caveat(line: Line) -> bool:
    """Whether the publisher says that a claim is not checked: "The report could not be independently verified"."""
    at = line.find(0, len(line), line.lex.accounts.checked)
    before = line.lows[max(0, at - 5) : at] if at is not None else ()
    return ("be" in before and bool({"not", "n't", "cannot"} & {*before})) or _could_not_check(line)


def _could_not_check(line: Line) -> bool:
    """Whether somebody who is no "he" or "they" could not check it: "The Herald has not been able to verify this"."""
    at = line.find(0, len(line), line.lex.accounts.to_check)
    before = line.lows[max(0, at - _UNABLE) : at] if at is not None else ()
    failed = {"cannot", "unable"} & {*before} or (
        {"not", "n't"} & {*before} and {"can", "could", "ca", "able"} & {*before}
    )
    return bool(failed) and at is not None and not line.holds(0, at, {"he", "she", "they", "it"})


def _publisher(reading: Reading) -> Voice:
    """The publisher's own voice, or that of the agency whose dispatch this is."""
    if reading.speech is not None:
        return reading.voice_of(reading.speech.going_on())
    if not reading.dispatch.hops:
        return Voice()
    hop = reading.dispatch.hops[0]
    return Voice(Source(hop.name, hop.kind, hop.mention, Resolution.CARRIED), channel=reading.heard_by)


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence leans on the one before it: "He had …"; "It was the second time" is background."""
    line = sentence.line
    words = [low for low, word in zip(line.lows, line.words, strict=True) if word.is_word][:2]
    if not words or words[0] not in line.lex.accounts.goes_on:
        return False
    return not (words[0] in {"it", "this", "that"} and words[-1] in line.lex.grammar.be)


def _is_reported_on(sentence: Sentence) -> bool:
    """Whether "reportedly" without a reporter, or a scene gone on with, shows that the account goes on."""
    lows, lex = sentence.line.lows, sentence.line.lex
    return not lex.cues.adverbs.isdisjoint(lows) or " ".join(lows[:2]) in lex.accounts.scenes
