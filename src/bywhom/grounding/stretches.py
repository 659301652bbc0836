"""The words of a stretch of text, with what matters where names are looked for: capitals, openings, possessives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bywhom.prose.tokens import tokens
from bywhom.records import Span


class Word(NamedTuple):
    """One token, its possessive ending cut off. A tuple, since a report has a thousand: they are made in half the time."""

    start: int
    end: int
    text: str
    lower: str
    name_like: bool  # begins as a name does: a capital, or an article with a capital after its hyphen
    possessive: bool
    opens: bool  # the first word of a sentence, a quotation or a line
    is_word: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of text as words, and how far its capitals can be trusted."""

    words: tuple[Word, ...]
    capitals: bool  # written in capitals throughout: case says nothing
    headline: bool  # most words capitalised: case says little


EMPTY = Word(0, 0, "", "", name_like=False, possessive=False, opens=False, is_word=False)
_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|at|ad|az|ar|an|es|ez|er|et)[-‐‑][A-Z]")
_POSSESSIVE = re.compile(r"[’'`]s?$")
_OPENING = frozenset('.!?:;…“"‘«(•*')
_SHORT_FORMS = frozenset(
    "st mt ft mr mrs ms dr gen lt col sen rep gov prof capt maj sgt adm jan feb aug sept oct nov dec".split()
)
_HEADLINE_SHARE = 0.7  # of the longer words capitalised
_CAPITALS_SHARE = 0.6  # of all words in capitals


def stretch_of(text: str, span: Span) -> Stretch:
    """The words of `text` inside `span`, and whether it is a headline or written in capitals."""
    words = words_of(text, span)
    letters = [w for w in words if w.is_word and w.text[0].isalpha()]
    long = [w for w in letters if len(w.text) > 3]
    return Stretch(
        words,
        capitals=len(letters) > 3 and sum(w.text.isupper() for w in letters) > _CAPITALS_SHARE * len(letters),
        headline=2 < len(long) < 40
        and words[-1].text not in {".", "!”", ".”"}
        and sum(w.name_like for w in long) > _HEADLINE_SHARE * len(long),
    )


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of `text` inside `span`, possessive endings cut off."""
    words: list[Word] = []
    opens = True
    end = span.start
    for token in tokens(text, span):
        start, said = token.start, token.text
        opens = opens or "\n" in text[end:start]
        end = token.end
        is_word = said[0].isalnum()
        ending = _POSSESSIVE.search(said) if is_word and len(said) > 2 else None
        bare = said[: ending.start()] if ending else said
        name_like = bare[0].isupper() or ("-" in bare and _ARTICLE.match(bare) is not None)
        words.append(Word(start, start + len(bare), bare, bare.lower(), name_like, ending is not None, opens, is_word))
        opens = said[-1] in _OPENING and not (said == "." and len(words) > 1 and words[-2].lower in _SHORT_FORMS)
    return tuple(words)


LONGEST_RUN = 12  # capitalised words side by side that are looked at as one name


def run(words: Sequence[Word], start: int) -> int:
    """How many capitalised words stand side by side from `start`, counted as far as a name can reach."""
    end, last = start, min(len(words), start + LONGEST_RUN) - 1
    while end < last and side_by_side(words, end):
        end += 1
    return end - start + 1


def side_by_side(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` and the next are both capitalised, with nothing between them."""
    a, b = words[i], words[i + 1]
    return a.name_like and b.name_like and a.is_word and b.is_word and not a.possessive and b.start - a.end <= 1


def joint(words: Sequence[Word], start: int, count: int) -> str:
    return " ".join(w.text for w in words[start : start + count])
