"""Denials that only point back to what was told; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims import ClaimTables, assemble
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Claim,
    Document,
    EventType,
    Extractor,
    Mention,
    Polarity,
    Quote,
    Source,
    SourceKind,
    Span,
)

TOLD = "Genoese galleys shelled the harbour on Monday, killing nine sailors"


def claims_of(denial: str, cue: str) -> tuple[Claim, ...]:
    """The claims of what was told and of a denial behind it, whose source stands before the cue."""
    text = f"{TOLD}. {denial}."
    start, at = len(TOLD) + 2, text.index(cue, len(TOLD))
    spoken = Span(at + len(cue) + 1, len(text) - 1)
    genoa = Source("Genoa", SourceKind.OFFICIAL, Mention(start, at - 1, text[start : at - 1]))
    told = Attribution(Span(0, len(TOLD)), Quote.NONE, None, frame=Span(0, start - 1))
    denied = Attribution(
        spoken, Quote.INDIRECT, genoa, cue=Mention(at, at + len(cue), cue), frame=Span(start, len(text))
    )
    doc = Document("0" * 64, "page", text, "", "text", "", (Block(Span(0, len(text)), BlockKind.BODY),), "en")
    return assemble(doc, (told, denied), tables=ClaimTables.load(), extractor=Extractor("bywhom", "0")).items


@pytest.mark.parametrize(
    ("denial", "cue"),
    [
        ("Genoa denied the allegations", "denied"),
        ("Genoa has denied all of these accusations", "denied"),
        ("Genoa denies responsibility", "denies"),
        ("The republic denied any involvement", "denied"),
    ],
)
def test_a_denial_in_short_is_a_claim_about_what_was_told(denial: str, cue: str) -> None:
    *_, last = claims_of(denial, cue)
    assert (last.text, last.event.type, last.polarity) == (denial, EventType.ATTACK, Polarity.NEGATIVE)


@pytest.mark.parametrize(
    ("denial", "cue"), [("Genoa denied the nurses", "denied"), ("Genoa repeated the allegations", "repeated")]
)
def test_other_short_contents_are_none(denial: str, cue: str) -> None:
    assert all(claim.text != denial for claim in claims_of(denial, cue))
