"""What another reader proposes stands; what it leaves open, the rules read."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import pytest

from bywhom.claims import ClaimTables, adopt
from bywhom.records import (
    Actor,
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Claim,
    Document,
    EventType,
    Extractor,
    Mention,
    Modality,
    Polarity,
    Proposal,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
    claim_id,
)

TEXT = "General Osei claimed that the fort was not shelled. The garrison may flee."
SAYS = Extractor("another", "1")


@lru_cache(maxsize=1)
def tables() -> ClaimTables:
    return ClaimTables.load()


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words)


def proposal(words: str = "the fort was not shelled", **labels: object) -> Proposal:
    span, who = mention(words).span, mention("General Osei")
    source = Source("General Osei", SourceKind.MILITARY, who)
    frame = Span(0, TEXT.index(" The garrison"))
    said = Attribution(span, Quote.INDIRECT, source, mention("claimed"), frame=frame, by="another")
    return Proposal(span, said, **labels)  # type: ignore[arg-type]


def adopted(*proposals: Proposal) -> tuple[Claim, ...]:
    doc = Document("0" * 64, "page", TEXT, "", "text", "", (Block(Span(0, len(TEXT)), BlockKind.BODY),), "en")
    return adopt(doc, proposals, tables=tables(), extractor=SAYS).items


def test_what_is_left_open_is_read_by_the_rules() -> None:
    (claim,) = adopted(proposal())
    assert (claim.event.type, claim.polarity, claim.certainty) == (
        EventType.ATTACK,
        Polarity.NEGATIVE,
        Certainty.CERTAIN,
    )
    assert claim.event.trigger == mention("shelled")
    assert [mark.text for mark in claim.attribution.distance] == ["claimed"]
    assert claim.distanced
    assert claim.modality is Modality.ACTUAL


def test_what_is_proposed_stands() -> None:
    bare = Actor("the fort", Role.TARGET, mention("the fort"))
    (claim,) = adopted(
        proposal(
            event=EventType.DESTROY,
            polarity=Polarity.POSITIVE,
            certainty=Certainty.POSSIBLE,
            modality=Modality.HISTORICAL,
            distance=(),
            actors=(bare,),
        )
    )
    assert (claim.event.type, claim.event.trigger, claim.event.actors) == (EventType.DESTROY, None, (bare,))
    assert (claim.polarity, claim.certainty, claim.modality) == (
        Polarity.POSITIVE,
        Certainty.POSSIBLE,
        Modality.HISTORICAL,
    )
    assert (claim.attribution.distance, claim.distanced) == ((), False)


def test_words_ids_and_hands_are_those_of_the_proposal() -> None:
    one = proposal()
    (claim,) = adopted(one)
    assert claim.text == one.span.of(TEXT)
    assert claim.id == claim_id("0" * 64, one.span, mention("General Osei"))
    assert claim.extractor == SAYS
    assert claim.attribution.by == "another"


def test_claims_come_in_text_order_and_once() -> None:
    fort, garrison = proposal(), proposal("The garrison may flee")
    assert [claim.span for claim in adopted(garrison, fort, garrison)] == [fort.span, garrison.span]


@pytest.mark.parametrize(("event", "polarity"), list(product([None, *EventType], [None, *Polarity])))
def test_any_labels_make_a_claim(event: EventType | None, polarity: Polarity | None) -> None:
    (claim,) = adopted(proposal(event=event, polarity=polarity))
    assert event in (None, claim.event.type)
    assert polarity in (None, claim.polarity)
