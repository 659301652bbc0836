"""Words and their pieces: the alphabet of the trained reader. Linear in the length of the text, whatever the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|\S")
_LONGEST = 64  # characters; no word of a language that we read is longer, and matching pieces is quadratic in it


class Word(NamedTuple):
    """A word or a mark: where it stands, and the pieces that the encoder knows it by. A tuple, because a report makes thousands."""

    start: int
    end: int
    pieces: tuple[int, ...]


class Vocabulary:
    """The pieces of words that the encoder knows, by number. A word of a piece's continuation begins with ##."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self.unknown, self.first, self.last = (self.numbers[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self.mask = self.numbers.get("[MASK]", self.unknown)
        self._pieces = lru_cache(maxsize=100_000)(self._cut)

    def __len__(self) -> int:
        return len(self.numbers)

    def words(self, text: str, start: int, end: int) -> Iterator[Word]:
        """The words of a stretch of a text, in text order. Marks that cannot be seen have none."""
        for match in _WORD.finditer(text, start, end):
            pieces = self._pieces(match.group())
            if pieces:
                yield Word(match.start(), match.end(), pieces)

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known pieces of a word, from left to right; the unknown piece where one is missing."""
        word = normal(word)
        if len(word) > _LONGEST:
            return (self.unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            before = "##" if at else ""
            ends = range(len(word), at, -1)
            end = next((end for end in ends if before + word[at:end] in self.numbers), None)
            if end is None:
                return (self.unknown,)
            found.append(self.numbers[before + word[at:end]])
            at = end
        return tuple(found)


def normal(word: str) -> str:
    """A word without case, accents and marks that cannot be seen."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Cf", "Cc", "Co", "Cs"})
