"""From attributions to claims."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bywhom.claims import ClaimTables, assemble, with_polarity
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Claim,
    Document,
    Event,
    EventType,
    Extractor,
    Mention,
    Polarity,
    Quote,
    Source,
    SourceKind,
    Span,
)

TEXT = "General Osei said the fort was shelled and the garrison fled.\n\nThis could not be independently verified. Who knows?"


@lru_cache(maxsize=1)
def tables() -> ClaimTables:
    return ClaimTables.load()


def doc_of(text: str) -> Document:
    at = text.find("\n\n")
    spans = [Span(0, at), Span(at + 2, len(text))] if at > 0 else [Span(0, len(text))]
    blocks = tuple(Block(span, BlockKind.BODY) for span in spans)
    return Document("0" * 64, "page", text, "", "text", "", blocks, "en")


def claims_of(text: str, *attributions: Attribution) -> tuple[Claim, ...]:
    return assemble(doc_of(text), attributions, tables=tables(), extractor=Extractor("bywhom", "0")).items


def attribution(text: str, words: str, source: str | None = None) -> Attribution:
    start = text.index(words)
    mention = Mention(text.index(source), text.index(source) + len(source), source) if source else None
    who = Source(source, SourceKind.MILITARY, mention) if source else None
    content = Span(start, start + len(words))
    return Attribution(content, Quote.INDIRECT if who else Quote.NONE, who, frame=content)


def test_each_clause_of_a_content_is_a_claim_of_the_same_source() -> None:
    found = claims_of(TEXT, attribution(TEXT, "the fort was shelled and the garrison fled", "Osei"))
    assert [claim.text for claim in found] == ["the fort was shelled", "the garrison fled"]
    assert [claim.event.type.value for claim in found] == ["attack", "withdraw"]
    assert {claim.attribution.source.name for claim in found if claim.attribution.source} == {"Osei"}


def test_a_clause_has_a_form_of_its_own() -> None:
    words = "the fort was shelled “without a pause”, and the garrison fled"
    text = f"General Osei said {words}."
    found = claims_of(text, replace(attribution(text, words, "Osei"), quote=Quote.MIXED))
    assert [claim.attribution.quote for claim in found] == [Quote.MIXED, Quote.INDIRECT]


def test_what_claims_nothing_is_no_claim() -> None:
    assert claims_of(TEXT, attribution(TEXT, "Who knows?")) == ()


def test_a_hedge_covers_its_own_paragraph_only() -> None:
    text = "The fort was shelled by rebels. This could not be independently verified.\n\nThe mill was burnt by rebels."
    hedged, plain = claims_of(
        text, attribution(text, "The fort was shelled by rebels"), attribution(text, "The mill was burnt by rebels")
    )
    assert (hedged.distanced, plain.distanced) == (True, False)


def test_claims_come_in_text_order_each_once() -> None:
    first, second = attribution(TEXT, "the fort was shelled", "Osei"), attribution(TEXT, "the garrison fled", "Osei")
    assert claims_of(TEXT, second, first, first) == claims_of(TEXT, first, second)


def test_polarity_is_read_again_where_another_event_is_chosen() -> None:
    text = "The guns did not reach the fort and killed nine"
    (claim,) = claims_of(text, attribution(text, text))
    chosen_words = (
        (EventType.SEIZE, "reach", Polarity.NEGATIVE),
        (EventType.EXECUTE, "killed", Polarity.POSITIVE),
    )
    for kind, word, expected in chosen_words:
        mention = Mention(text.index(word), text.index(word) + len(word), word)
        chosen = replace(claim, event=Event(kind, mention))
        (read,) = with_polarity(doc_of(text), [chosen], [claim], tables=tables()).items
        assert read.polarity is expected


def test_polarity_stands_where_the_event_does() -> None:
    text = "The guns shelled the fort"
    (claim,) = claims_of(text, attribution(text, text))
    kept = replace(claim, polarity=Polarity.NEGATIVE)
    assert with_polarity(doc_of(text), [kept], [claim], tables=tables()).items == (kept,)
