"""In which tense a clause is told, as far as auxiliaries and the commonest verbs show it.

The verbs of events ("shelled") are not among those that `prose.lexis` knows of itself: a clause with none but such a verb, like one
with none at all, has no tense here. Guessing their tense by its ending did not help to part what happened from what lasts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bywhom.prose.grammar import Grammar
from bywhom.prose.lexis import Lexis, Reading, lexis

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by its place among the characters, and its tense."""

    start: int
    tense: str  # past, perfect, present, progressive, future, modal; to and gerund are no tense


def verbs_of(text: str) -> list[Verb]:
    """The verbs of a clause from left to right, an auxiliary with its verb as one."""
    lex = lexis()
    words = [(found.start(), found[0].lower().replace("’", "'")) for found in _WORD.finditer(text)]
    found, i = [], 0
    while i < len(words):
        start, word = words[i]
        after = words[i + 1][1] if i + 1 < len(words) else ""
        auxiliary = _auxiliary(lex.grammar, word, after)
        tense = auxiliary or _tense(lex, word, words[i - 1][1] if i else "")
        if tense:
            found.append(Verb(start, tense))
        i += 2 if auxiliary else 1
    return found


def _auxiliary(grammar: Grammar, word: str, after: str) -> str:
    """The tense that an auxiliary gives, empty for other words."""
    tense = grammar.tense_of.get(word, "")
    is_be = tense == "present" and word.removesuffix("n't") in grammar.be
    return "progressive" if is_be and after.endswith("ing") else tense


def _tense(lex: Lexis, word: str, before: str) -> str:
    """The tense of a full verb by its form, empty for other words, unknown verbs, and forms that may well be a noun."""
    reading: Reading | None = lex.verbs.get(word)
    if reading is None:
        return ""
    if before == "to":
        return "to"
    if before not in lex.grammar.nominal:
        if reading.past:
            return "past"
        if reading.third and not reading.base and before != "and":
            return "present"
    return "gerund" if reading.gerund else ""


def tense_at(verbs: Sequence[Verb], at: int) -> str:
    """The tense of the last verb that begins no later than a place, else of the first; "none" without a verb."""
    before = [verb for verb in verbs if verb.start <= at]
    return (before or [*verbs[:1]])[-1].tense if verbs else "none"


def first_tense(verbs: Sequence[Verb]) -> str:
    """The first tense of a clause; where it has none, the form of its first verb; "none" without a verb."""
    finite = [verb.tense for verb in verbs if verb.tense not in ("to", "gerund")]
    return (finite or [verb.tense for verb in verbs] or ["none"])[0]
