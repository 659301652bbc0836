"""The words by which the publisher keeps its distance from what it relays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.phrases import find, lemmas
from bywhom.prose.lexis import Lexis
from bywhom.prose.words import Word, words_of
from bywhom.records import Mention, Span

_SHORT_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,40})[\"”“»]|[‘](\w[^‘’\n]{1,38})[’]")
_SCARE_WORDS = 3  # longer quotations are somebody's words, not scare quotes


@dataclass(frozen=True, slots=True)
class DistanceTable:
    """data/lexicons/distance.yaml."""

    verbs: frozenset[str]
    not_verbs_before: tuple[str, ...]
    not_verbs_after: tuple[str, ...]
    marks: tuple[str, ...]
    before_noun: frozenset[str]
    opens_noun: frozenset[str]
    not_before_noun: frozenset[str]
    hedges: tuple[str, ...]
    scare: frozenset[str]


@lru_cache(maxsize=1)
def distance_table() -> DistanceTable:
    """The shipped table."""
    table: DistanceTable = lexicons.load("lexicons/distance", DistanceTable)
    return table


def distance_marks(
    text: str, sentence: Span, *, cue: Mention | None, table: DistanceTable, lex: Lexis
) -> tuple[Mention, ...]:
    """The marks of distance in a sentence, in text order; `cue` is the cue of the claim whose distance is asked."""
    words = words_of(text, sentence)
    found = [Mention.at(Span(words[i].start, words[last].end), text) for i, last in find(words, table.marks)]
    found += [_mention(words[i], text) for i in range(len(words)) if _adjective(words, i, table)]
    found += _scare_quotes(text, sentence, table)
    found += _cue_marks(text, words, cue, table, lex)
    return tuple(sorted(set(found)))


def passage_hedges(text: str, paragraph: Span, *, table: DistanceTable) -> tuple[Mention, ...]:
    """The hedges that lie over a whole passage: "if confirmed", "could not be verified"."""
    words = words_of(text, paragraph)
    return tuple(Mention.at(Span(words[i].start, words[last].end), text) for i, last in find(words, table.hedges))


def _mention(word: Word, text: str) -> Mention:
    return Mention.at(Span(word.start, word.end), text)


def _adjective(words: tuple[Word, ...], i: int, table: DistanceTable) -> bool:
    """Whether "alleged" or "reported" stands before a noun, after an article or at the head of its phrase."""
    if words[i].low not in table.before_noun or i + 1 >= len(words):
        return False
    opens, after = i == 0 or words[i - 1].low in table.opens_noun, words[i + 1].low
    return opens and after[0].isalpha() and after not in table.not_before_noun


def _scare_quotes(text: str, sentence: Span, table: DistanceTable) -> list[Mention]:
    found = []
    for match in _SHORT_QUOTE.finditer(text, sentence.start, sentence.end):
        group = 1 if match[1] is not None else 2
        quoted = match[group].lower().split()
        if len(quoted) <= _SCARE_WORDS and table.scare.intersection(word.strip(".,;!?") for word in quoted):
            found.append(Mention.at(Span(match.start(group), match.end(group)), text))
    return found


def _cue_marks(
    text: str, words: tuple[Word, ...], cue: Mention | None, table: DistanceTable, lex: Lexis
) -> list[Mention]:
    """The cue itself where its verb marks distance ("claimed that"), and is no claim of an attack or of lives."""
    if cue is None or not lemmas(words_of(text, cue.span), lex) & table.verbs:
        return []
    inside_cue = [i for i, word in enumerate(words) if cue.start <= word.start < cue.end]
    last = next((i for i in inside_cue if lemmas(words[i : i + 1], lex) & table.verbs), None)
    if last is None:
        return [cue]
    after = words[last + 1 : last + 5]
    inside = words[max(0, last - 3) : last + 3]
    if any(i <= 1 for i, _ in find(after, table.not_verbs_before)) or any(find(inside, table.not_verbs_after)):
        return []
    return [cue]
