"""Whose version follows: "The other side gave a different figure", "The guild has another version: …"."""

from __future__ import annotations

from bywhom.attribution.credible import is_credible
from bywhom.attribution.cues import Cue, CueKind
from bywhom.attribution.line import Line
from bywhom.attribution.phrases import phrase_before
from bywhom.attribution.statement import Statement

_REACH = 12  # words before the verb
_NEAR = 5  # words between the verb and what it gives
_AFTERTHOUGHT = 4  # words: "gave another account on Monday"


def announces_version(line: Line) -> Statement | None:
    """The statement of a sentence that only says that somebody tells it otherwise; its content is what follows a colon, or nothing."""
    table = line.lex.accounts
    for i in range(1, min(len(line), _REACH)):
        if line.low(i) not in table.gives or line.low(i - 1) in line.lex.grammar.be:
            continue  # "were told a different story": by whom is not said
        noun = _given(line, i)
        source = phrase_before(line, i, 0) if noun is not None else None
        if noun is None or source is None or any(line.is_word(k) for k in range(source.first)):
            return None
        colon = line.find(noun + 1, noun + _AFTERTHOUGHT, {":"})
        ends = not line.has_words(noun + _AFTERTHOUGHT, len(line)) and not line.has_finite(noun + 1, len(line))
        contents = ((colon + 1, len(line)),) if colon is not None else ()
        told = Statement(Cue(i, noun + 1, "give", CueKind.SAY), source, contents, frame=(0, noun + 1))
        return told if (ends or contents) and is_credible(line, told) else None
    return None


def _given(line: Line, verb: int) -> int | None:
    """Where the version stands that somebody gives: "a different [figure]", "it [otherwise]"."""
    table = line.lex.accounts
    if line.low(verb + 1) == "it" and line.low(verb + 2) in table.otherwise:
        return verb + 2
    other = line.find(verb + 1, verb + _NEAR, table.differing)
    return other + 1 if other is not None and line.low(other + 1) in table.versions else None
