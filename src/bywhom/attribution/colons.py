"""Who speaks before a colon, without a verb: "Mayor: the bridge is down", "The Front on its channel: …", "@desk, reposting a clerk: …"."""

from __future__ import annotations

import re

from bywhom.attribution.contents import regular_past
from bywhom.attribution.cues import Cue, CueKind
from bywhom.attribution.line import Line
from bywhom.attribution.names import outlets_in
from bywhom.attribution.phrases import Phrase, phrase_after
from bywhom.attribution.statement import Statement

_REACH = 26  # words and marks before the colon
_LEAST = 3  # words behind it
_TIME = re.compile(r"\d{1,2}([:.h]\d{2})?|[-–—•*]")
_BINDS = frozenset("of for in from at".split())
_CHANNEL_LINKS = frozenset("on via by to".split())
_OWNING = frozenset("a an its his her their the own".split())
_FROM_WHOM = frozenset("from by to".split())  # "a note from", "attributed to"


def told_by_colon(line: Line) -> Statement | None:
    """The statement of a sentence whose head names a speaker and ends with a colon; None where it is a title or a list."""
    first = _behind_time(line)
    colon = line.find(first + 1, first + _REACH, {":"})
    if colon is None or not _tells(line, colon + 1) or _has_verb(line, first, colon):
        return None
    end = _end_of_name(line, first, colon)
    if not (_can_speak(line, first, end) or (line.is_capital(end - 1) and _is_heard(line, end, colon))):
        return None
    own, cue = Phrase(first, end), Cue(colon, colon + 1, ":", CueKind.SAY)
    passed = _passed_on(line, end, colon)
    source, relays = (passed, (own,)) if passed is not None else (own, ())
    return Statement(cue, source, ((colon + 1, len(line)),), relays=relays, frame=(first, colon + 1))


def _behind_time(line: Line) -> int:
    """Past the hour, the number or the dash with which an entry begins: "12:05", "3)", "—"."""
    i = 0
    while i < len(line) and (_TIME.fullmatch(line.mark(i)) or (i and line.mark(i) in {":", ")", "."})):
        i += 1
    return i


def _tells(line: Line, first: int) -> bool:
    """Whether what stands behind the colon is told or quoted, not listed."""
    words = [i for i in range(first, len(line)) if line.is_word(i)]
    said = any(line.quoted[i] or line.is_finite(i) or line.low(i).endswith("ed") for i in words)
    return len(words) >= _LEAST and (said or line.has_clause(first, len(line)))


def _has_verb(line: Line, first: int, colon: int) -> bool:
    """Whether a verb stands before the colon, that says who does what: "on their own channel" has none."""
    return any(
        line.quoted[i]
        or (line.is_finite(i) and line.low(i - 1) not in _OWNING)
        or (i > first and regular_past(line, i) and line.low(i + 1) not in _FROM_WHOM)
        for i in range(first, colon)
    )


def _end_of_name(line: Line, first: int, colon: int) -> int:
    """Where the speaker's name ends: before a bracket, a comma, or the channel."""
    for i in range(first + 1, colon):
        low = line.low(i)
        if low in {"(", ",", "["} or low in _CHANNEL_LINKS or (low == "in" and line.low(i + 1) in _OWNING):
            return i
    return colon


def _can_speak(line: Line, first: int, end: int) -> bool:
    """Whether a phrase names a person, a body or an outlet by its head: "the mayor of Lima", not "army offensive"."""
    bound = line.find(first + 1, end, _BINDS)
    head = (bound if bound is not None else end) - 1
    if head < first or line.holds(first, head, line.lex.cues.silenced):
        return False
    titled = any(line.mark(i).rstrip(".").title() in line.lex.roles.titles for i in range(first, head))
    named = line.mark(first).startswith("@") or (titled and line.is_capital(head))
    return (
        named
        or line.is_role(head)
        or line.low(head) in line.lex.roles.issued
        or bool(outlets_in(line.part(first, end)))
    )


def _is_heard(line: Line, end: int, colon: int) -> bool:
    """Whether what stands behind a name says that it is a voice: "(40,000 subscribers)", "on its channel", "citing"."""
    cues = line.lex.cues
    passes = line.mark(end) == "," and line.low(end + 1) in cues.passing_on
    return passes or line.holds(end, colon, cues.audience)


def _passed_on(line: Line, first: int, colon: int) -> Phrase | None:
    """Whose words are passed on: "…, reposting a note from [a clerk]:", "…, citing [the ministry]:"."""
    if line.mark(first) != "," or line.low(first + 1) not in line.lex.cues.passing_on:
        return None
    link = line.rfind(first + 2, colon - 1, _FROM_WHOM)
    return phrase_after(line, link + 1 if link is not None else first + 2, colon)
