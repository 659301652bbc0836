"""Whose words somebody else handed on: "X, quoted by Y, said", and "Y reported that X said"."""

from __future__ import annotations

from dataclasses import replace

from bywhom.attribution.cues import CueKind
from bywhom.attribution.line import Line
from bywhom.attribution.phrases import Phrase, phrase_after
from bywhom.attribution.statement import Statement


def quoted_by(line: Line, at: int, end: int) -> Phrase | None:
    """Who hands on the words of whoever stands before word `at`: "X[, quoted by Y]"."""
    first = at + (line.mark(at) == ",")
    while line.low(first) in {"as", "who", "was", "were"}:
        first += 1
    if line.low(first) not in line.lex.cues.quoted_by or line.low(first + 1) != "by":
        return None
    return phrase_after(line, first + 2, end)


def handed_on(line: Line, statement: Statement) -> Statement:
    """The statement whose source is cut before "quoted by Y", with Y as a relay."""
    source = statement.source
    if source is None:
        return statement
    for at in range(source.first + 1, source.last - 1):
        relay = quoted_by(line, at, source.last)
        if relay is not None:
            cut = Phrase(source.first, at, source.relative)
            return replace(statement, source=cut, relays=(relay, *statement.relays))
    return statement


def tells_of(line: Line, told: Statement, statement: Statement) -> bool:
    """Whether the whole content of one statement is what somebody else said: "Y reported that [X said …]"."""
    if told.source is None or statement.source is None:
        return False
    own = statement.cue.kind is CueKind.ACT and line.low(statement.source.first) in line.lex.grammar.subject_pronouns
    if statement.cue.kind is not CueKind.SAY and not own:  # "Osei said he welcomed the truce" is all his word
        return False
    begin = statement.frame[0]
    inside = [first for first, last in told.contents if told.cue.last <= first <= begin < last]
    return len(told.contents) == 1 and bool(inside) and not line.has_words(inside[0], begin)


def is_said(line: Line, statement: Statement) -> bool:
    """Whether a statement told by somebody else is words of a third: "X said", not "he said", not "X hopes"."""
    source, cue = statement.source, statement.cue
    if source is None or cue.needs_that:
        return False
    return source.last - source.first > 1 or line.low(source.first) not in line.lex.pronouns


def nested(told: Statement, statement: Statement) -> Statement:
    """The inner statement, with the outer speaker and whom he told as the hands it came through."""
    hands = (*told.relays, *((told.source,) if told.source is not None else ()))
    return replace(
        statement,
        relays=(*hands, *statement.relays),
        listener=statement.listener or told.listener,
        frame=(told.frame[0], statement.frame[1]),
    )
