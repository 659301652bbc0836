"""Phrases of a word list found in the words of a clause, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bywhom.prose.lexis import Lexis
from bywhom.prose.words import Word

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@lru_cache(maxsize=256)
def index(listed: tuple[str, ...] | frozenset[str]) -> Phrases:
    """The phrases by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(listed, key=lambda p: (-len(p.split()), p)):
        parts = tuple(phrase.replace("-", " ").split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(parts) for first, parts in found.items()}


def find(words: tuple[Word, ...], listed: tuple[str, ...] | frozenset[str]) -> Iterator[tuple[int, int]]:
    """First and last position of every listed phrase, the longest at each place."""
    phrases = index(listed)
    after = 0
    for i, word in enumerate(words):
        if i < after:
            continue  # inside a phrase already found
        for parts in phrases.get(word.low, ()):
            if all(i + n < len(words) and words[i + n].low == part for n, part in enumerate(parts)):
                after = i + len(parts)
                yield i, after - 1
                break


def first_of(words: tuple[Word, ...], listed: tuple[str, ...] | frozenset[str]) -> tuple[int, int] | None:
    """The first listed phrase in the words, or None."""
    return next(find(words, listed), None)


def lows(words: Iterable[Word]) -> tuple[str, ...]:
    """The words in lower case."""
    return tuple(word.low for word in words)


def lemmas(words: Iterable[Word], lex: Lexis) -> frozenset[str]:
    """The words and, for verb forms, their base forms."""
    found = set()
    for word in words:
        reading = lex.verbs.get(word.low)
        found.add(word.low)
        if reading is not None:
            found.add(reading.lemma)
    return frozenset(found)
