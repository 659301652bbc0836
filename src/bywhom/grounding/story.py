"""What a report tells where: its spots, how often each is a scene, and which words and names stand in which sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bywhom.grounding.located import DocumentPlaces, Located
from bywhom.grounding.names import fold
from bywhom.grounding.places import is_holder
from bywhom.records import Claim, Document, Span

Key = tuple[str, float, float]  # of a spot: its name and point, nought where it has none
LETTERS = 6  # of a word by which its forms are taken for one
RARE_SHARE = 0.2  # of the sentences: a word that stands in more of them ties none together
RARE_SENTENCES = 3
_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]{2,}")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a report with all its mentions, as their numbers in text order."""

    key: Key
    mentions: tuple[int, ...]
    all: frozenset[int]  # the same


@dataclass(frozen=True)
class Story:
    """A report, its places, its claims and what the rules take for the places of these."""

    doc: Document
    places: DocumentPlaces
    claims: tuple[Claim, ...]
    guesses: tuple[Located | None, ...]
    _words: dict[int, frozenset[str]] = field(default_factory=dict)
    _names: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def located(self) -> tuple[Located, ...]:
        """The mentions of places, in text order."""
        return self.places.located

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the mentions begin."""
        return tuple(at.start for at in self.located)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """The number of the sentence of each mention."""
        return tuple(self.places.sentence_at(start) for start in self.starts)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The places, in the order in which they are first named."""
        found: dict[Key, list[int]] = defaultdict(list)
        for i, at in enumerate(self.located):
            found[key_of(at)].append(i)
        return tuple(Spot(key, tuple(mentions), frozenset(mentions)) for key, mentions in found.items())

    @cached_property
    def spot_of(self) -> dict[Key, Spot]:
        """The spots by their keys."""
        return {spot.key: spot for spot in self.spots}

    @cached_property
    def scenes_at(self) -> dict[Key, tuple[int, ...]]:
        """The scenes of each spot that has any."""
        found: dict[Key, list[int]] = defaultdict(list)
        for i in self.scenes:
            found[key_of(self.located[i])].append(i)
        return {key: tuple(scenes) for key, scenes in found.items()}

    def scenes_before(self, position: int) -> tuple[int, ...]:
        """The scenes that begin before a position."""
        return self.scenes[: bisect_left(self._scene_starts, position)]

    def scenes_from(self, position: int) -> tuple[int, ...]:
        """The scenes that begin there or later."""
        return self.scenes[bisect_left(self._scene_starts, position) :]

    @cached_property
    def _scene_starts(self) -> tuple[int, ...]:
        return tuple(self.starts[i] for i in self.scenes)

    @cached_property
    def scenes(self) -> tuple[int, ...]:
        """The mentions of which events may be told."""
        return tuple(i for i, at in enumerate(self.located) if at.is_scene)

    @cached_property
    def shares(self) -> dict[Key, float]:
        """How much of all mentions of scenes is each spot's."""
        times = Counter(key_of(self.located[i]) for i in self.scenes)
        return {key: count / len(self.scenes) for key, count in times.items()}

    @cached_property
    def main(self) -> frozenset[Key]:
        """The three spots told of most."""
        return frozenset(sorted(self.shares, key=lambda key: -self.shares[key])[:3])

    @cached_property
    def votes(self) -> dict[Key, float]:
        """How many of the claims to which the rules give a place have each spot, as a share."""
        times = Counter(key_of(at) for at in self.guesses if at is not None)
        return {key: count / times.total() for key, count in times.items()}

    @cached_property
    def placed(self) -> float:
        """The share of the claims to which the rules give a place."""
        return sum(at is not None for at in self.guesses) / max(1, len(self.guesses))

    @cached_property
    def holders(self) -> frozenset[int]:
        """The mentions that only say where the place named before them lies: "X in Y province"."""
        pairs = enumerate(pairwise(self.located), start=1)
        return frozenset(i for i, (a, b) in pairs if b.start >= a.toponym.mention.end and is_holder(self.doc, a, b))

    def between(self, span: Span) -> range:
        """The mentions that begin inside `span`."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def sentence(self, number: int) -> Span:
        """Where a sentence stands; nowhere, in a report without any."""
        return self.places.sentences[number] if self.places.sentences else Span(0, 0)

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that stand in too many sentences to tie any together."""
        sentences = [words_of(sentence.of(self.doc.text)) for sentence in self.places.sentences]
        times = Counter(word for words in sentences for word in words)
        most = max(RARE_SENTENCES, RARE_SHARE * len(sentences))
        return frozenset(word for word, count in times.items() if count > most)

    def words(self, number: int) -> frozenset[str]:
        """The rarer words of a sentence."""
        if number not in self._words:
            self._words[number] = words_of(self.sentence(number).of(self.doc.text)) - self._common
        return self._words[number]

    def names(self, number: int) -> frozenset[str]:
        """The capitalised words of a sentence, its first left out."""
        if number not in self._names:
            self._names[number] = names_of(self.sentence(number).of(self.doc.text))
        return self._names[number]

    @cached_property
    def place_names(self) -> frozenset[str]:
        """The words of the names of places."""
        return frozenset(name for at in self.located for name in names_of(" " + at.toponym.mention.text))


def key_of(at: Located) -> Key:
    """What makes two mentions one spot: the same place, or the same unknown name."""
    place = at.place
    if place.lat is None or place.lon is None:
        return fold(at.toponym.name), 0.0, 0.0
    return place.name or "", place.lat, place.lon


def words_of(text: str) -> frozenset[str]:
    """The longer words of a text, in small letters and cut to their beginnings."""
    return frozenset(word.lower()[:LETTERS] for word in _WORD.findall(text))


def names_of(text: str) -> frozenset[str]:
    """The capitalised words of a text that something stands before."""
    return frozenset(name.lower() for name in _NAME.findall(text))
