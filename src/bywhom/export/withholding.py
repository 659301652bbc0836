"""Keeping the names of private people out of what leaves the ledger.

Relatives, witnesses, victims and captives are protected wherever they are known as such. Their names are replaced by
what they are, the same words for the same person; what a report says of them stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bywhom.ledger import LedgerEntity
from bywhom.prose.casing import ACRONYM, CAPITAL, SMALL, CasingTable
from bywhom.records import EntityKind, Span

_WORD = re.compile(r"[\w’'-]+")
_SHORT = (
    3  # letters: a part of a name that is shorter, such as "Ali", "Bo" or "van", is only withheld inside the whole name
)
_SIGN = re.compile(r"\S")
BLOT = "█"
_PEOPLE = frozenset([EntityKind.PERSON, EntityKind.DESCRIPTION])
NOBODY = re.compile(r"(?!)")


@dataclass(frozen=True)
class Withheld:
    """The names that are withheld, and what stands in their place."""

    stands_for: dict[str, str]  # a name, folded -> what is written for it
    people: int
    pattern: re.Pattern[str] = field(default=NOBODY)

    def __call__(self, text: str | None) -> str:
        """The text without the names."""
        return self.pattern.sub(lambda found: self._instead(found.group()), text or "")

    def blotted(self, text: str) -> str:
        """The text with the names blotted out letter by letter, so that whatever counts characters still counts right."""
        return self.pattern.sub(lambda found: _SIGN.sub(BLOT, found.group()), text)

    def pieces(self, text: str, within: Span, borders: Sequence[int]) -> Iterator[tuple[Span, str]]:
        """A stretch of a text cut at borders, without the names; a name that a border cuts is replaced where it begins."""
        names = [
            (found.start(), found.end(), found.group())
            for found in self.pattern.finditer(text, within.start, within.end)
        ]
        cuts = sorted({within.start, within.end, *(at for at in borders if within.start < at < within.end)})
        for start, end in pairwise(cuts):
            yield Span(start, end), "".join(self._piece(text, start, end, names))

    def _piece(self, text: str, start: int, end: int, names: Sequence[tuple[int, int, str]]) -> Iterator[str]:
        at = start
        for first, last, name in names:
            if last <= start or first >= end:
                continue
            if first >= start:
                yield text[at:first]
                yield self._instead(name)
            at = min(end, last)
        yield text[at:end]

    def _instead(self, name: str) -> str:
        return self.stands_for.get(_folded(name), "[name withheld]")


def withheld(known: Iterable[LedgerEntity]) -> Withheld:
    """What is withheld of the protected people among these: their names, other spellings, and the parts of both.

    A part stays that is the name of something else among them, a place or an army, or a word like any other.
    """
    known = list(known)
    elsewhere = {word for each in known if each.entity.kind not in _PEOPLE for word in _words_of(each)}
    stands_for: dict[str, str] = {}
    written: set[str] = set()  # as they may stand in a text: a name is never written all small
    people = 0
    for each in known:
        entity = each.entity
        # What a report describes without a name stays, unless a person said that even that gives somebody away.
        if not entity.protected or (entity.kind is not EntityKind.PERSON and not each.judged):
            continue
        people += 1
        label = f"[{entity.role.value if entity.role else 'private person'} {people}, name withheld]"
        for name in sorted({entity.name, *entity.aliases}):
            for part in (name, *(one for one in _parts(name) if _folded(one) not in elsewhere)):
                stands_for.setdefault(_folded(part), label)
                written |= {part, part.upper(), part.title()}
    return Withheld(stands_for, people, _pattern(written))


def _parts(name: str) -> Iterator[str]:
    words = _WORD.findall(name)
    if len(words) > 1:
        # A word with a small letter is a rank, a "von" or a "the": no name.
        yield from (word for word in words if len(word) > _SHORT and word[0].isupper() and not _is_common(word))


def _is_common(word: str) -> bool:
    """Whether a word is mostly written small, so that it tells nobody's name: "World", "Forum"."""
    weights = CasingTable.load().words.get(word.lower())
    return weights is not None and weights[SMALL] > max(weights[CAPITAL], weights[ACRONYM])


def _words_of(each: LedgerEntity) -> Iterator[str]:
    for name in (each.entity.name, *each.entity.aliases):
        yield from (_folded(word) for word in (name, *_WORD.findall(name)))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first, however they are set and spaced."""
    ways = (r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=lambda name: (-len(name), name)))
    found = "|".join(filter(None, ways))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)") if found else NOBODY


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
