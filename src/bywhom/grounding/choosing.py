"""Which place of a report is the place of each claim: the signs of every spot weighed against each other, and against none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.grounding.heard import UNHEARD, Heard
from bywhom.grounding.located import DocumentPlaces, Located
from bywhom.grounding.places import located_of
from bywhom.grounding.signs import Sign, signs_of, signs_of_none
from bywhom.grounding.spots import Around, around, spots_around
from bywhom.grounding.story import Spot, Story, key_of
from bywhom.records import Bearings, Claim, Document, Place

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """data/weights/places.yaml: by how much a spot must outweigh none; and trait -> its value -> its weight, for none and for a spot."""

    lead: float
    none: dict[str, dict[str, float]]
    spot: dict[str, dict[str, float]]
    seen: Heard = UNHEARD  # `lead` is for none


@lru_cache(maxsize=1)
def place_table() -> PlaceTable:
    """The shipped table."""
    table: PlaceTable = lexicons.load("weights/places", PlaceTable)
    return table


@dataclass(frozen=True, slots=True)
class Option:
    """One spot as the place of a claim: the mention that counts, and what speaks for it."""

    spot: Spot
    named: Located
    signs: tuple[Sign, ...]


def places_of(
    doc: Document,
    claims: Sequence[Claim],
    places: DocumentPlaces,
    table: PlaceTable | None = None,
    bearings: Sequence[Bearings | None] | None = None,
) -> tuple[Place | None, ...]:
    """The place of each claim of a report, or None where it has none or too little speaks for any.

    `bearings` is what a trained reader sees of each claim; None: it has not looked.
    """
    story = story_of(doc, claims, places)
    every = enumerate(bearings or [None] * len(claims))
    chosen = (_chosen(story, number, seen, table or place_table()) for number, seen in every)
    return tuple(at.place if at else None for at in chosen)


def story_of(doc: Document, claims: Sequence[Claim], places: DocumentPlaces) -> Story:
    """The story of a report, with the places that the rules give to its claims."""
    return Story(doc, places, tuple(claims), tuple(_by_rule(doc, claim, places) for claim in claims))


def options(at: Around) -> Iterator[Option]:
    """The spots that may be the place of a claim."""
    for spot, mention, stands in spots_around(at):
        yield Option(spot, at.story.located[mention], tuple(signs_of(at, spot, mention, stands)))


def _by_rule(doc: Document, claim: Claim, places: DocumentPlaces) -> Located | None:
    said = claim.attribution
    cue = said.cue.span if said.cue else None
    return located_of(
        doc, claim.span, said.frame or said.content, places, event=claim.event.type, modality=claim.modality, cue=cue
    )


def _chosen(story: Story, number: int, seen: Bearings | None, table: PlaceTable) -> Located | None:
    """The mention that names the place of a claim: where the rules took the same spot, theirs."""
    at = around(story, number)
    every = [(_weight(story, option, seen, table), option) for option in options(at)]
    if not every:
        return None
    most, best = max(every, key=lambda pair: pair[0])
    if most < weight(signs_of_none(at), table.none) + table.lead + told_none(seen, table.seen):
        return None
    guess = story.guesses[number]
    return guess if guess is not None and key_of(guess) == best.spot.key else best.named


def _weight(story: Story, option: Option, seen: Bearings | None, table: PlaceTable) -> float:
    return weight(option.signs, table.spot) + told(story, option.spot, seen, table.seen)


def told(story: Story, spot: Spot, seen: Bearings | None, table: Heard) -> float:
    """What a trained reader says for a spot, by whichever of its mentions."""
    if seen is None:
        return 0.0
    chance = sum(seen.place.of(story.located[mention].toponym.mention.span) for mention in spot.mentions)
    return table.weight(chance)


def told_none(seen: Bearings | None, table: Heard) -> float:
    """What it says for no place at all."""
    return table.weight(seen.place.none) + table.lead if seen else 0.0


def weight(signs: Iterable[Sign], weights: Weights) -> float:
    """What signs weigh together."""
    return sum(weights.get(trait, _NOTHING).get(value, 0.0) for trait, value in signs)


_NOTHING: Mapping[str, float] = {}
