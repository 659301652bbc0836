"""The words of a clause: as the tokens, but cut at hyphens, possessives and clitics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.prose.tokens import Token, tokens
from bywhom.records import Span

_HYPHEN = re.compile(r"[-‐‑]")
_CLITIC = re.compile(r"^(.+?)('(?:s|re|ve|ll|d|m)|')$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a clause; hyphenated words and clitics are cut off."""

    start: int
    end: int
    text: str  # as written
    low: str  # lower case, straight apostrophe
    joined: bool = False  # the part of a hyphenated word behind the hyphen


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks inside a span; hyphens, possessives and clitics are cut."""
    found: list[Word] = []
    hyphen = -1  # where the last lone hyphen ended: "U.S.-backed" comes as three tokens
    for token in tokens(text, span):
        adjacent = bool(found) and found[-1].end == token.start
        if token.is_word:
            found.extend(_parts(token, joined=token.start == hyphen))
        elif adjacent and token.text in ("-", "‐", "‑"):
            hyphen = token.end
        else:
            found.append(_mark(token, adjacent and found[-1].low.endswith("s"), text[span.start : token.start]))
    return tuple(found)


def _mark(token: Token, after_s: bool, before: str) -> Word:
    """A mark; the apostrophe of a plural possessor reads as "'s"."""
    if after_s and token.text in "'’" and not before.count("‘") and before.count("'") % 2 == 0:
        return Word(token.start, token.end, token.text, "'s")
    return Word(token.start, token.end, token.text, token.text)


def _parts(token: Token, *, joined: bool) -> Iterator[Word]:
    at = token.start
    for part in _HYPHEN.split(token.text):
        if part:
            yield from _cut(at, part, joined=joined or at > token.start)
        at += len(part) + 1


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
