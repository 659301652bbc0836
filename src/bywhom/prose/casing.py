"""Text in capitals as it would be written with small letters, character for character in the same place.

Agencies and monitors send copy in capitals, where a name and a verb look alike. Each word gets the form that it most likely has in
mixed text: what is known of the word, of the pair that it makes with the word before, and of how forms follow one another, weighed by
Viterbi's method (as Lita et al., "tRuEcasIng", ACL 2003). Words that no table knows are names, unless their ending or their stem says
otherwise. `training/casing.py` makes the table from news.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bywhom.errors import LexiconBroken
from bywhom.lexicons import data_path
from bywhom.records import Span

SMALL, CAPITAL, ACRONYM = range(3)
Weights = tuple[float, float, float]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his"})
_LINKS = frozenset({"of", "for", "and", "in", "to", "on", "by"})
_LONGEST_NAME = 9  # words
_SENTENCE_END = frozenset(".!?")
_OPENING = frozenset("([\"“‘'-–—")
_ENDINGS = re.compile(r"(?:ing|ed|ly|ness|ment|tion|tions|sion|ity|ous|able|ible|ful|less|ical|ism|ists?|ized?|ation)$")
_STEM = re.compile(r"^(?:un|re|in|non|anti|counter|over|pre)?(.{3,}?)(?:s|es|ed|d|ing|ly|er|ers|'s|’s)?$")
_LEAST_LETTERS = 30  # fewer are a heading or an acronym, which mixed text has too
_MOSTLY = 0.9
_USUAL = (0.86, 0.12, 0.02)  # of words inside the sentences of mixed text
_DRAWN = 2.0
_SHORT = 6  # letters: an unknown word no longer than this in brackets is an acronym


@dataclass(frozen=True, slots=True)
class CasingTable:
    """How words are written in mixed text: logarithms of probabilities, by form."""

    words: dict[str, Weights]
    pairs: dict[tuple[str, str], Weights]
    endings: dict[str, Weights]  # of rare words, by their last three letters
    following: tuple[Weights, Weights, Weights, Weights]  # after each form, and after a mark

    @classmethod
    @cache
    def load(cls) -> CasingTable:
        """The table that ships with the package.

        Raises: LexiconBroken.
        """
        path = data_path("casing.tsv")
        try:
            rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
            return _table(rows)
        except (OSError, ValueError) as error:
            raise LexiconBroken(f"data/casing.tsv cannot be read ({error}); install bywhom again") from error


def _table(rows: Iterable[Sequence[str]]) -> CasingTable:
    words: dict[str, Weights] = {}
    pairs: dict[tuple[str, str], Weights] = {}
    endings: dict[str, Weights] = {}
    following: list[Weights] = []
    for name, *counts in rows:
        small, capital, acronym = map(int, counts)
        weights = _logarithms(small, capital, acronym)
        if name.startswith("> "):
            following.append(weights)
        elif name.startswith("-"):
            endings[name[1:]] = weights
        elif " " in name:
            first, _, second = name.partition(" ")
            pairs[first, second] = weights
        else:
            words[name] = weights
    a, b, c, d = following
    return CasingTable(words, pairs, endings, (a, b, c, d))


def _logarithms(*counts: int) -> Weights:
    """The logarithms of shares, drawn a little towards what is usual, the more so the less was counted."""
    total = sum(counts) + _DRAWN
    small, capital, acronym = (
        math.log((count + _DRAWN * usual) / total) for count, usual in zip(counts, _USUAL, strict=True)
    )
    return small, capital, acronym


def is_in_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout, so that they tell nothing."""
    upper = sum(c.isupper() for c in text)
    lower = sum(c.islower() for c in text)
    return upper >= _LEAST_LETTERS and upper >= _MOSTLY * (upper + lower)


def recased(text: str, spans: Sequence[Span], table: CasingTable) -> str:
    """`text` with the parts in `spans` that are in capitals written as in mixed text; every character keeps its place."""
    parts = [span for span in spans if is_in_capitals(span.of(text))]
    acronyms = _acronyms(text, parts, table)
    letters = list(text)
    for span in parts:
        for start, word in _words(text, span, acronyms, table):
            letters[start : start + len(word)] = word
    return "".join(letters)


def _acronyms(text: str, parts: Sequence[Span], table: CasingTable) -> frozenset[str]:
    """The words that stand alone in brackets somewhere and are no words of the language: "[FMLN]"."""
    found = (m[1] for span in parts for m in _BRACKETED.finditer(text, span.start, span.end))
    return frozenset(word.lower() for word in found if len(word) <= _SHORT and not _is_small(word.lower(), table))


_BRACKETED = re.compile(r"[(\[]([^\W\d_]{2,})[)\]]")


# A name of several parts has a capital at either end: "Stratford-upon-Avon".
_JOINED = re.compile(r"\b([^\W\d_]+)-(?:[^\W\d_]{1,4}-)+([^\W\d_]+)")
# What an editor put in: "[TEXT]", "[AS RECEIVED]", "[NATIONAL LIBERATION FRONT]".
_INSERTED = re.compile(r"\[[^\]]{0,200}\]")


def _is_small(word: str, table: CasingTable) -> bool:
    weights = table.words.get(word)
    return weights is not None and weights[SMALL] > math.log(0.5)


def _words(text: str, span: Span, acronyms: frozenset[str], table: CasingTable) -> Iterable[tuple[int, str]]:
    """Where each word of a part begins, and the word as it would be written; what an editor put in is left out."""
    tokens = list(_TOKEN.finditer(text, span.start, span.end))
    inserted = {at for match in _INSERTED.finditer(text, span.start, span.end) for at in range(*match.span())}
    forms = _forms([m.group() for m in tokens], acronyms, table)
    at = {match.start(): i for i, match in enumerate(tokens)}
    for name in _JOINED.finditer(text, span.start, span.end):
        first, last = at.get(name.start(1)), at.get(name.start(2))
        if first is not None and last is not None and forms[last] == CAPITAL:
            forms[first] = CAPITAL
            forms[first + 1 : last] = [SMALL] * (last - first - 1)
    begins, before = True, ""  # a sentence
    for match, form in zip(tokens, forms, strict=True):
        word = match.group()
        if match.start() in inserted:
            continue
        if word[0].isalpha():
            yield match.start(), _written(word, max(form, CAPITAL) if begins else form)
            begins = False
        else:
            ends = word in _SENTENCE_END and len(before) > 1  # not after the initials of "U.S."
            begins = ends or (begins and word in _OPENING)
        before = word


def _written(word: str, form: int) -> str:
    if form == ACRONYM or word in {"I", "I'M", "I’M"}:
        return word
    kept = 1 if form == CAPITAL else 0
    return word[:kept] + "".join(c.lower() if len(c.lower()) == 1 else c for c in word[kept:])


def _forms(tokens: Sequence[str], acronyms: frozenset[str], table: CasingTable) -> list[int]:
    """The form of each token; marks count as small."""
    scores: Weights = (0.0, 0.0, 0.0)
    back: list[tuple[int, int, int]] = []
    before = None
    named = frozenset(
        i for at, token in enumerate(tokens) if token.lower() in acronyms for i in _spelled_out(tokens, at)
    )
    for i, token in enumerate(tokens):
        if not token[0].isalpha():
            back.append((0, 1, 2))
            before = None
            continue
        word = token.lower()
        own = _NAME if i in named else _weights(word, before, table)
        own = _KEPT if word in acronyms or _is_initial(token) else own
        scores, best = _step(scores, own, table, joined=before is not None)
        back.append(best)
        before = word
    return _traced(scores, back)


def _spelled_out(tokens: Sequence[str], acronym: int) -> list[int]:
    """The words of the name that an acronym in brackets stands for: "the Popular Army of Tarsa (EPT)"."""
    at = acronym - 2
    while at >= 0 and acronym - at <= _LONGEST_NAME and tokens[at][0].isalpha() and tokens[at].lower() not in _ARTICLES:
        at -= 1
    begins = tokens[acronym - 1] in {"(", "["} and at >= 0 and tokens[at].lower() in _ARTICLES
    return [i for i in range(at + 1, acronym - 1) if tokens[i].lower() not in _LINKS] if begins else []


def _is_initial(token: str) -> bool:
    return len(token) == 1 and token not in {"A", "I"}


def _step(scores: Weights, own: Weights, table: CasingTable, *, joined: bool) -> tuple[Weights, tuple[int, int, int]]:
    best = []
    reached = []
    for form in range(3):
        ways = [scores[b] + table.following[b if joined else 3][form] for b in range(3)]
        way = max(range(3), key=ways.__getitem__)
        best.append(way)
        reached.append(ways[way] + own[form])
    return (reached[0], reached[1], reached[2]), (best[0], best[1], best[2])


def _traced(scores: Weights, back: Sequence[tuple[int, int, int]]) -> list[int]:
    form = max(range(3), key=scores.__getitem__)
    forms = []
    for step in reversed(back):
        forms.append(form)
        form = step[form]
    return forms[::-1]


_NAME: Weights = (-99.0, 0.0, -99.0)
_KEPT: Weights = (-99.0, -99.0, 0.0)  # an acronym, whatever stands before it
# What a word is that no table has.
_PRIOR = _logarithms(0, 0, 0)
_UNKNOWN = _logarithms(10, 85, 5)
_DERIVED = _logarithms(85, 14, 1)


def _weights(word: str, before: str | None, table: CasingTable) -> Weights:
    """How likely each form of a word is, beside how common the form is."""
    found = table.pairs.get((before, word)) if before is not None else None
    if found is None and word == "city" and before is not None and not _is_small(before, table):
        found = _UNKNOWN  # "Guatemala City"
    found = found or table.words.get(word) or _guess(word, table)
    return found[0] - _PRIOR[0], found[1] - _PRIOR[1], found[2] - _PRIOR[2]


def _guess(word: str, table: CasingTable) -> Weights:
    stem = _STEM.match(word)
    if stem and (_is_small(stem[1], table) or _is_small(stem[1] + "e", table)):
        return _DERIVED
    ending = table.endings.get(word[-3:])
    return ending if ending and _ENDINGS.search(word) else _UNKNOWN
