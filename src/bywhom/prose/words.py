"""The words of a clause: as the tokens, but cut at hyphens, possessives and clitics."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bywhom.prose.tokens import Token, tokens
from bywhom.records import Span

_HYPHEN = re.compile(r"[-‐‑]")
_CLITIC = re.compile(r"^(.+?)('(?:s|re|ve|ll|d|m)|')$")


class Word(NamedTuple):
    """One word or mark of a clause; hyphenated words and clitics are cut off."""

    start: int
    end: int
    text: str  # as written
    low: str  # lower case, straight apostrophe
    joined: bool = False  # the part of a hyphenated word behind the hyphen


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks inside a span; hyphens, possessives and clitics are cut."""
    return (_kept if len(span) <= _SHORT else _words)(text, span)


def _words(text: str, span: Span) -> tuple[Word, ...]:
    found: list[Word] = []
    hyphen = -1  # where the last lone hyphen ended: "U.S.-backed" comes as three tokens
    for token in tokens(text, span):
        start, end, word = token
        if word.isalpha():  # nothing to cut: most words by far
            found.append(Word(start, end, word, word.lower(), start == hyphen))
        elif token.is_word:
            found.extend(_parts(token, joined=start == hyphen))
        elif word in ("-", "‐", "‑") and found and found[-1].end == start:
            hyphen = end
        else:
            adjacent = bool(found) and found[-1].end == start
            found.append(_mark(token, adjacent and found[-1].low.endswith("s"), text[span.start : start]))
    return tuple(found)


# The clauses of a sentence, and the claims in it, ask for the same words; long texts are not held back for that.
_SHORT = 4000
_kept = lru_cache(maxsize=512)(_words)


def _mark(token: Token, after_s: bool, before: str) -> Word:
    """A mark; the apostrophe of a plural possessor reads as "'s"."""
    if after_s and token.text in "'’" and not before.count("‘") and before.count("'") % 2 == 0:
        return Word(token.start, token.end, token.text, "'s")
    return Word(token.start, token.end, token.text, token.text)


def _parts(token: Token, *, joined: bool) -> list[Word]:
    at, found = token.start, []
    for part in _HYPHEN.split(token.text):
        if part:
            found.extend(_cut(at, part, joined=joined or at > token.start))
        at += len(part) + 1
    return found


def _cut(start: int, part: str, *, joined: bool) -> list[Word]:
    low = part.lower().replace("’", "'")
    match = _CLITIC.match(low)
    if match is None:
        return [Word(start, start + len(part), part, low, joined)]
    stem = len(match[1])
    return [
        Word(start, start + stem, part[:stem], low[:stem], joined),
        Word(start + stem, start + len(part), part[stem:], low[stem:]),
    ]
