"""Examples made into batches, and varied on the way so that the network learns forms rather than words."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from bywhom.tagging.labels import FIELDS, ROLES
from bywhom.tagging.wordpieces import Vocabulary
from training.corpora import UNLABELLED, Claim, Example

CUES = {ROLES.index("B-cue"), ROLES.index("I-cue")}
LONGEST = 320  # pieces of a window in which words were put in the place of others


@dataclass(frozen=True)
class Batch:
    """Windows side by side, filled up with nothing; UNLABELLED where a corpus does not say."""

    ids: Tensor
    features: Tensor
    bias: Tensor
    heads: Tensor
    held: Tensor  # windows x words: which are there
    with_roles: Tensor  # of the windows, the ones with attributions marked
    roles: Tensor
    cue_of: Tensor
    source_of: Tensor
    with_tags: Tensor
    tags: Tensor
    spans: Tensor  # windows x claims x words
    labels: Tensor  # windows x claims x fields
    sources: Tensor  # windows x claims x 2
    names: Tensor  # windows x claims x 2
    relays: Tensor  # windows x claims x 2 x (1 + words): 1 where a relay's mention begins, and ends
    with_relays: Tensor  # windows x claims
    told: Tensor  # windows x claims x 2: where place and time begin
    weights: Tensor  # windows x claims


class Cues:
    """The cues of a corpus of one word, by their ending, to put one in the place of another."""

    def __init__(self, examples: Sequence[Example], vocabulary: Vocabulary) -> None:
        names = {number: piece for piece, number in vocabulary.numbers.items()}
        self._by_ending: dict[str, list[tuple[int, ...]]] = {}
        self._ending: dict[tuple[int, ...], str] = {}
        for pieces in sorted({p for example in examples for p in _single_cues(example)}):
            word = "".join(names[piece].removeprefix("##") for piece in pieces)
            ending = next((e for e in ("ing", "ed", "s") if word.endswith(e) and len(word) > len(e) + 2), "")
            if word.isalpha() and ending:
                self._by_ending.setdefault(ending, []).append(pieces)
                self._ending[pieces] = ending
        self._ending |= {vocabulary._pieces(word): "ed" for word in ("said", "told", "wrote")}  # noqa: SLF001

    def other(self, pieces: tuple[int, ...], chance: random.Random) -> tuple[int, ...] | None:
        """Another cue that ends like this one."""
        ending = self._ending.get(pieces)
        return chance.choice(self._by_ending[ending]) if ending else None


def _single_cues(example: Example) -> Iterator[tuple[int, ...]]:
    if example.roles is None:
        return
    after = np.append(example.roles[1:], 0)
    for at in np.flatnonzero((example.roles == ROLES.index("B-cue")) & (after != ROLES.index("I-cue"))):
        yield example.pieces[at]


@dataclass(frozen=True)
class Variation:
    """How often what is changed."""

    capitals: float = 0.15  # windows in capitals throughout
    run_together: float = 0.2  # windows whose paragraph breaks are lost
    no_commas: float = 0.1  # windows whose commas and apostrophes are lost
    cues: float = 0.2  # cues hidden, or put in the place of others
    words: float = 0.03  # other words hidden

    def times(self, share: float) -> Variation:
        """All of it so much oftener, or more seldom."""
        return Variation(*(share * getattr(self, part.name) for part in fields(self)))


class Varier:
    """Examples made other without making their labels wrong."""

    def __init__(self, vocabulary: Vocabulary, cues: Cues, variation: Variation) -> None:
        self._vocabulary, self._cues, self._variation = vocabulary, cues, variation
        self._commas = {vocabulary.numbers[mark] for mark in (",", "'", "\u2019")}

    def varied(self, example: Example, chance: random.Random) -> Example:
        """The example, changed by chance."""
        how = self._variation
        if chance.random() < how.no_commas:
            example = without(example, np.array([p[0] not in self._commas for p in example.pieces]))
        features = example.features
        if chance.random() < how.capitals:
            letters = example.lengths
            features = np.where(letters > 0, features - features % 4 + np.where(letters > 1, 2, 1), features)
        if chance.random() < how.run_together:
            features = features % 12
        return replace(example, features=features, pieces=self._hidden(example, chance))

    def _hidden(self, example: Example, chance: random.Random) -> list[tuple[int, ...]]:
        how, mask = self._variation, self._vocabulary.mask
        room = LONGEST - 2 - sum(map(len, example.pieces))
        pieces = list(example.pieces)
        roles = example.roles if example.roles is not None else np.zeros(len(pieces), np.int64)
        for at, role in enumerate(roles):
            if role in CUES and chance.random() < how.cues:
                other = self._cues.other(pieces[at], chance) if chance.random() < 0.6 else None
                if other is not None and len(other) - len(pieces[at]) <= room:
                    room -= len(other) - len(pieces[at])
                    pieces[at] = other
                elif chance.random() < 0.6:
                    pieces[at] = (mask,) * len(pieces[at])
            elif chance.random() < how.words:
                pieces[at] = (mask,) * len(pieces[at])
        return pieces


def without(example: Example, kept: np.ndarray) -> Example:
    """The example without some of its words."""
    number = np.concatenate([[0], np.cumsum(kept)])  # old word -> how many kept words stand before it

    def moved(targets: np.ndarray | None) -> np.ndarray | None:
        if targets is None:
            return None
        there = np.concatenate([[True], kept])[np.maximum(targets, 0)]
        new = np.where(targets > 0, number[np.maximum(targets, 1) - 1] + 1, targets)
        return np.where((targets > 0) & ~there, UNLABELLED, new)[kept]

    def cut(labels: np.ndarray | None) -> np.ndarray | None:
        return None if labels is None else labels[kept]

    claims = [_moved_claim(claim, kept, number) for claim in example.claims if kept[claim.begin : claim.end].any()]
    return replace(
        example,
        pieces=[p for p, keep in zip(example.pieces, kept, strict=True) if keep],
        features=example.features[kept],
        lengths=example.lengths[kept],
        roles=cut(example.roles),
        cue_of=moved(example.cue_of),
        source_of=moved(example.source_of),
        tags=cut(example.tags),
        claims=claims,
    )


def _moved_claim(claim: Claim, kept: np.ndarray, number: np.ndarray) -> Claim:
    def moved(mention: tuple[int, int]) -> tuple[int, int]:
        first, last = mention
        if first <= 0:
            return mention
        return (int(number[first - 1]) + 1, int(number[last])) if kept[first - 1] else (UNLABELLED, UNLABELLED)

    relays = None if claim.relays is None else tuple(map(moved, claim.relays))
    return replace(
        claim,
        begin=int(number[claim.begin]),
        end=int(number[claim.end]),
        source=moved(claim.source),
        name=moved(claim.name),
        relays=None if relays is None or (UNLABELLED, UNLABELLED) in relays else relays,
        told=(moved((claim.told[0],) * 2)[0], moved((claim.told[1],) * 2)[0]),
    )


def collated(examples: Sequence[Example], vocabulary: Vocabulary) -> Batch:
    """One batch."""
    rows, words = len(examples), max(len(e.pieces) for e in examples)
    length = max(sum(map(len, e.pieces)) for e in examples) + 2
    length = (length + 15) // 16 * 16
    claims = max([1, *(len(e.claims) for e in examples)])
    ids, features = np.zeros((rows, length), np.int64), np.zeros((rows, length), np.int64)
    bias, heads = np.full((rows, 1, 1, length), -1e4, np.float32), np.zeros((rows, words), np.int64)
    held, spans = np.zeros((rows, words), bool), np.zeros((rows, claims, words), bool)
    roles, tags = np.zeros((rows, words), np.int64), np.zeros((rows, words), np.int64)
    cue_of, source_of = np.full((rows, words), UNLABELLED), np.full((rows, words), UNLABELLED)
    labels, sources = np.full((rows, claims, len(FIELDS)), UNLABELLED), np.full((rows, claims, 2), UNLABELLED)
    names = np.full((rows, claims, 2), UNLABELLED)
    relays, with_relays = np.zeros((rows, claims, 2, words + 1), np.float32), np.zeros((rows, claims), bool)
    weights, told = np.zeros((rows, claims), np.float32), np.full((rows, claims, 2), UNLABELLED)
    for i, e in enumerate(examples):
        flat = [vocabulary.first, *(piece for word in e.pieces for piece in word), vocabulary.last]
        sizes = np.array([len(word) for word in e.pieces])
        count = len(sizes)
        ids[i, : len(flat)], bias[i, :, :, : len(flat)], held[i, :count] = flat, 0, True
        features[i, 1 : len(flat) - 1] = np.repeat(e.features, sizes)
        heads[i, :count] = 1 + np.cumsum(sizes) - sizes
        for table, known in ((roles, e.roles), (cue_of, e.cue_of), (source_of, e.source_of), (tags, e.tags)):
            if known is not None:
                table[i, :count] = known
        for j, claim in enumerate(e.claims):
            spans[i, j, claim.begin : claim.end] = True
            labels[i, j], sources[i, j], weights[i, j] = claim.labels, claim.source, claim.weight
            names[i, j], with_relays[i, j], told[i, j] = claim.name, claim.relays is not None, claim.told
            for first, last in claim.relays or ():
                relays[i, j, 0, first] = relays[i, j, 1, last] = 1
    with_roles = np.array([e.roles is not None for e in examples])
    with_tags = np.array([e.weight if e.tags is not None else 0.0 for e in examples], np.float32)
    arrays = (ids, features, bias, heads, held, with_roles, roles, cue_of, source_of, with_tags, tags, spans, labels,
              sources, names, relays, with_relays, told, weights)  # fmt: skip
    return Batch(*map(torch.from_numpy, arrays))


def shuffled(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """All examples in batches, in disorder, like lengths together."""
    order = list(examples)
    chance.shuffle(order)
    batches: list[list[Example]] = []
    for at in range(0, len(order), size * 20):
        near = sorted(order[at : at + size * 20], key=lambda e: sum(map(len, e.pieces)))
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    chance.shuffle(batches)
    return batches
