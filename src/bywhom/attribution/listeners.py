"""To whom something was said: the words between "told" and what was told."""

from __future__ import annotations

from bywhom.attribution.cues import Cue
from bywhom.attribution.line import Line
from bywhom.attribution.phrases import Phrase, phrase_after

_OBJECTS = frozenset("him her them us me you".split())
_CONTENT_OPENS = frozenset({"that", "how", "whether", ":", "“", "”", '"', ","})


def listener_of(line: Line, cue: Cue) -> tuple[Phrase | None, int]:
    """To whom it was said, and where the saying goes on."""
    after = cue.last
    if cue.told:
        phrase = _listener_phrase(line, after, _content_opens(line, after))
    elif line.low(after) == "to":
        phrase = phrase_after(line, after + 1, len(line))
    else:
        phrase = None
    return phrase, phrase.last if phrase else after


def _content_opens(line: Line, after: int) -> int:
    ahead = range(after, len(line))
    return next((i for i in ahead if line.lows[i] in _CONTENT_OPENS or line.quoted[i]), len(line))


def _listener_phrase(line: Line, first: int, stop: int) -> Phrase | None:
    if first >= stop:
        return None
    if line.low(first) in _OBJECTS:
        return Phrase(first, first + 1)
    last = first
    while last < stop and _goes_on(line, first, last, stop):
        last += 1
    if line.low(first) in line.lex.phrases.determiners and last == first + 1 and _ends_behind(line, last, stop):
        last += 1
    while last > first and line.low(last - 1) in {"and", "of", "the", "a", "an"}:
        last -= 1
    return Phrase(first, last) if last > first else None


def _ends_behind(line: Line, i: int, stop: int) -> bool:
    """Whether word `i` is the last before the content or the end: "told one [visitor]", "told a [visitor] that"."""
    if i >= stop or not line.is_word(i):
        return False
    comma = line.find(i + 1, stop, {",", "."})
    end = comma if comma is not None else stop
    return i + 1 >= end or (line.low(i + 1) in line.lex.grammar.prepositions and not line.has_finite(i + 1, end))


def _goes_on(line: Line, first: int, i: int, stop: int) -> bool:
    """Whether word `i` still belongs to the listener: names, roles and what links them."""
    low, lex = line.low(i), line.lex
    if i == first:
        return low in lex.phrases.determiners or _may_listen(line, i, stop)
    if low in lex.phrases.weekdays and line.low(i - 1) == "the" and line.is_capital(i + 1):
        return True  # "told the Sunday Herald"
    if low in lex.finite or low in lex.phrases.weekdays or low in {"he", "she", "it", "they", "there"}:
        return False
    return _may_listen(line, i, stop)


def _may_listen(line: Line, i: int, stop: int) -> bool:
    if line.is_capital(i) or line.is_role(i) or line.low(i) in line.lex.phrases.listeners:
        return True
    linked = line.low(i) == "of" and i + 1 < stop and line.is_capital(i + 1)
    return linked or line.mark(i) in {"'", "’", "/", "-"}
