"""What of all that a clause shows speaks for each type of event: weights of data/weights/events.yaml, added up.

The highest trigger decides what a clause tells; it is wrong where the word has two senses, or where no word names the event. So every
trigger, every other word, how the clause is put and what is told beside it are weighed too. Nothing is decided here: a trained
reader looks at the same clause, and who brings both together (`tagging/weighing.py`) needs more than a yes or no of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.events import EventTable, is_frame
from bywhom.claims.standing import FIRM, LEAST
from bywhom.claims.triggers import Trigger, triggers_of
from bywhom.prose.lexis import Tag
from bywhom.prose.syntax import Clause, read_clause
from bywhom.prose.words import Word
from bywhom.records import Claim, EventType, Likely, Span

# Words of these tags name no event by themselves.
_EMPTY = frozenset({Tag.DETERMINER, Tag.PRONOUN, Tag.MARK, Tag.BE, Tag.HAVE, Tag.DO, Tag.CONJUNCTION, Tag.TO, Tag.THAT})
_HEIGHTS = ((105.0, "top"), (88.0, "high"), (66.0, "mid"), (FIRM, "firm"), (LEAST, "low"))
_SHORT = 4  # letters of a word whose "s" is no plural

Trait = tuple[str, str]  # what kind of thing is seen, and what


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """data/weights/events.yaml: what speaks for whatever type it points at; and kind of trait -> trait -> type -> weight."""

    shared: dict[str, float]
    weights: dict[str, dict[str, dict[EventType, float]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a clause shows: traits that speak for any type, those that point at one, and the words that show them."""

    traits: frozenset[Trait]
    pointing: tuple[tuple[str, EventType], ...]
    words: dict[Trait, Span]
    triggers: dict[EventType, Span]  # the highest of each type


@lru_cache(maxsize=1)
def choice_table() -> ChoiceTable:
    """The shipped table."""
    table: ChoiceTable = lexicons.load("weights/events", ChoiceTable)
    return table


def with_likely(text: str, claims: Sequence[Claim], *, events: EventTable, table: ChoiceTable) -> tuple[Claim, ...]:
    """The claims, each with how much speaks for every type of event, in log-odds, and which words say so."""
    looked = looked_at(text, claims, events=events)
    return tuple(
        replace(claim, event=replace(claim.event, likely=tuple(_likely(seen, table))))
        for claim, seen in zip(claims, looked, strict=True)
    )


def looked_at(text: str, claims: Sequence[Claim], *, events: EventTable) -> tuple[Seen, ...]:
    """What the clause of each claim shows, and what is told beside it."""
    seen = tuple(_seen(text, claim, events) for claim in claims)
    return tuple(replace(one, pointing=(*one.pointing, *_beside(claims, i))) for i, one in enumerate(seen))


def _likely(seen: Seen, table: ChoiceTable) -> Iterator[Likely]:
    scores = dict.fromkeys(EventType, 0.0)
    best: dict[EventType, tuple[float, Trait]] = {}
    for name, kind in seen.pointing:
        scores[kind] += table.shared.get(name, 0.0)
    for trait in sorted(seen.traits):
        for kind, weight in table.weights.get(trait[0], {}).get(trait[1], {}).items():
            scores[kind] += weight
            if trait in seen.words and weight > best.get(kind, (0.0, trait))[0]:
                best[kind] = weight, trait
    for kind, score in scores.items():
        told = seen.triggers.get(kind)
        yield Likely(kind, score, told or (seen.words[best[kind][1]] if kind in best else None))


def _beside(claims: Sequence[Claim], i: int) -> Iterator[tuple[str, EventType]]:
    """What the claims around one tell, and those of the same sentence."""
    if i:
        yield "before", claims[i - 1].event.type
    if i + 1 < len(claims):
        yield "behind", claims[i + 1].event.type
    frame = claims[i].attribution.frame
    for other in sorted({c.event.type for c in _near(claims, i) if frame and c.attribution.frame == frame}):
        yield "same sentence", other


def _near(claims: Sequence[Claim], i: int, most: int = 12) -> Iterator[Claim]:
    """The claims around one, itself left out: no sentence holds more."""
    yield from claims[max(0, i - most) : i]
    yield from claims[i + 1 : i + 1 + most]


def _seen(text: str, claim: Claim, events: EventTable) -> Seen:
    clause = read_clause(text, claim.span, events.lex)
    found = [t for t in triggers_of(clause, text, events) if not is_frame(t, claim.attribution.cue)]
    found.sort(key=lambda t: (-t.rank, t.first))
    words = dict(_worded(clause, events))
    highest = {t.type: t.mention.span for t in reversed(found)}
    traits = {*words, *_put(claim), *_told(claim, found)}
    return Seen(frozenset(traits), tuple(_pointing(claim, found)), words, highest)


def _worded(clause: Clause, events: EventTable) -> Iterator[tuple[Trait, Span]]:
    """The words that can tell something, by their base forms; names are left out (and what is written like one), and numbers are all one."""
    for i, word in enumerate(clause.words):
        if clause.tags[i] in _EMPTY:
            continue
        here = Span(word.start, word.end)
        if clause.tags[i] is Tag.NUMBER or word.low[0].isdigit():
            yield ("word", "@number"), here
        elif word.text[0].islower():
            yield ("word", _base(word, clause.tags[i], events)), here


def _base(word: Word, tag: Tag, events: EventTable) -> str:
    reading = events.lex.verbs.get(word.low)
    if reading is not None and tag is Tag.VERB:
        return reading.lemma
    if len(word.low) <= _SHORT or not word.low.endswith("s") or word.low.endswith("ss"):
        return word.low
    return f"{word.low[:-3]}y" if word.low.endswith("ies") else word.low[:-1]


def _put(claim: Claim) -> Iterator[Trait]:
    """How the clause is put."""
    yield "modality", claim.modality.value
    yield "certainty", claim.certainty.value
    yield "said", "by somebody" if claim.attribution.source else "by the publisher"


def _told(claim: Claim, found: Sequence[Trigger]) -> Iterator[Trait]:
    """The triggers, each with how high it stands."""
    best = claim.event.type.value
    yield "decides", f"{best}, {_height(found[0].rank)}" if found else "none"
    yield "decides", best
    for trigger in found:
        yield "trigger", trigger.type.value
        yield "trigger", f"{trigger.type.value}, {_standing(trigger)}"


def _pointing(claim: Claim, found: Sequence[Trigger]) -> Iterator[tuple[str, EventType]]:
    """What speaks for the type that it points at, whichever that is."""
    yield "other", EventType.OTHER
    yield (f"decides, {_height(found[0].rank)}", claim.event.type) if found else ("no trigger", EventType.OTHER)
    yield from sorted({(_standing(t), t.type) for t in found})


def _standing(trigger: Trigger) -> str:
    return f"{_height(trigger.rank)}, {'verb' if trigger.is_verb else 'noun'}"


def _height(rank: float) -> str:
    return next((name for least, name in _HEIGHTS if rank >= least), "faint")
