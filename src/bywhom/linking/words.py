"""Words made alike: case, accents and endings taken off, so that two reports can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’]s\b|['’`]")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e")


def folded(text: str) -> list[str]:
    """The words of a text in order, without case, accents, possessives and marks."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text)).casefold()
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its ending: enough to bring "attacked" and "attacks" together, whatever it does to others."""
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            rest = word[: -len(ending)]
            if ending in ("ied", "ies"):
                return f"{rest}y"
            return rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
    return word


def runs(words: list[str], length: int) -> frozenset[tuple[str, ...]]:
    """All runs of so many words; the whole, where it is shorter."""
    if len(words) < length:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))
