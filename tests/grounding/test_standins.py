"""Whom a pronoun in a report means."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bywhom.grounding.actors import resolve_actors
from bywhom.grounding.actortables import ActorTables
from bywhom.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    Document,
    Event,
    EventType,
    Mention,
    Modality,
    Polarity,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
)

TABLES = ActorTables.load()


def claim(text: str, words: str, actors: dict[str, Role], source: tuple[str, SourceKind] | None = None) -> Claim:
    """A claim of these words, its actors within them, its source named anywhere in the text."""
    start = text.index(words)
    span, document = Span(start, start + len(words)), sha256(text.encode()).hexdigest()
    found = tuple(Actor(name, role, _mention(text, name, start)) for name, role in actors.items())
    voice = Source(source[0], source[1], _mention(text, source[0], 0)) if source else None
    said = Attribution(span, Quote.INDIRECT if voice else Quote.NONE, voice)
    event = Event(EventType.ATTACK, None, found)
    return Claim(
        f"{start:024}", document, span, words, said,
        Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, event,
    )  # fmt: skip


def _mention(text: str, words: str, start: int) -> Mention:
    at = text.index(words, start)
    return Mention(at, at + len(words), words)


def last_actors(text: str, *claims: Claim) -> list[tuple[str, str]]:
    document = sha256(text.encode()).hexdigest()
    told = resolve_actors(Document(document, "wire", text, document, "text", "plain 1", ()), claims, TABLES)
    return [(actor.role.value, actor.name) for actor in told.claims[-1].event.actors]


AGENT, TARGET = Role.AGENT, Role.TARGET


@pytest.mark.parametrize(
    ("text", "first", "then", "expected"),
    [
        ("Rebels took the fort. They burned it.", {"Rebels": AGENT}, {"They": AGENT}, [("agent", "Rebels")]),
        ("The Peruvian army came. It fled.", {"Peruvian army": AGENT}, {"It": AGENT}, [("agent", "Peruvian army")]),
        ("Pedro Lagos, a colonel, came. He fled.", {"Pedro Lagos": AGENT}, {"He": AGENT}, [("agent", "Pedro Lagos")]),
        ("Rebels took the fort. He fled.", {"Rebels": AGENT}, {"He": AGENT}, []),  # they are no "he"
        ("The Peruvian army came.\n\nThey fled.", {"Peruvian army": AGENT}, {"They": AGENT}, []),  # another paragraph
        ("A shell hit. They fled.", {}, {"They": AGENT}, []),  # nobody was named
        ("The ministry spoke. He fled.", {"ministry": AGENT}, {"He": AGENT}, []),  # a ministry is no "he"
    ],
)
def test_a_pronoun_means_who_led_last_and_fits(
    text: str, first: dict[str, Role], then: dict[str, Role], expected: list[tuple[str, str]]
) -> None:
    before, after = text[: text.index(next(iter(then)))].strip(), text[text.index(next(iter(then))) :]
    assert last_actors(text, claim(text, before, first), claim(text, after, then)) == expected


@pytest.mark.parametrize(
    ("text", "words", "pronoun", "source", "expected"),
    [
        ("Pedro Lagos said: I burned the fort.", "I burned the fort.", "I", "Pedro Lagos", "Pedro Lagos"),
        ("Pedro Lagos said that he burned it.", "he burned it", "he", "Pedro Lagos", "Pedro Lagos"),
        ("The Chilean army said: we burned it.", "we burned it", "we", "Chilean army", "Chilean army"),
        ("Chilean Minister Pedro Lagos said: we burned it.", "we burned it", "we", "Pedro Lagos", "Chile"),
    ],
)
def test_a_speaker_is_meant_by_i_and_his_side_by_we(
    text: str, words: str, pronoun: str, source: str, expected: str
) -> None:
    told = claim(text, words, {pronoun: AGENT}, (source, SourceKind.OFFICIAL))
    assert last_actors(text, told) == [("agent", expected)]


def test_the_words_of_a_resolved_actor_stay_the_pronoun() -> None:
    text = "Rebels took the fort. They burned it."
    claims = claim(text, "Rebels took the fort.", {"Rebels": AGENT}), claim(text, "They burned it.", {"They": AGENT})
    document = sha256(text.encode()).hexdigest()
    told = resolve_actors(Document(document, "wire", text, document, "text", "plain 1", ()), claims, TABLES)
    (actor,) = told.claims[-1].event.actors
    assert actor.mention == Mention(22, 26, "They")
    assert actor.id == told.claims[0].event.actors[0].id
