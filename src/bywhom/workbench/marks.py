"""Which stretches of a report are marked as what: the same for a claim's page and for its report."""

from __future__ import annotations

from collections.abc import Iterator

from bywhom.ledger import LedgerClaim
from bywhom.records import Claim, Document, Span
from bywhom.workbench.textual import Mark

CONTEXT = 300  # characters on either side, where a report has no sentence ends to show
# What is marked in a claim: kind, and the label that stands before it.
LABELS = {
    "content": "claim",
    "source": "source",
    "relay": "relay",
    "cue": "cue",
    "event": "event",
    "place": "place",
    "time": "time",
    "quantity": "number",
    "distance": "distance",
}


def claim_marks(claim: Claim) -> Iterator[Mark]:
    """Everything in the words of a claim and around them that was read as something."""
    yield Mark(claim.span, "content", LABELS["content"])
    for kind, mention in _mentions(claim):
        yield Mark(mention, kind, LABELS[kind])


def _mentions(claim: Claim) -> Iterator[tuple[str, Span]]:
    said = claim.attribution
    if said.source and said.source.mention:
        yield "source", said.source.mention.span
    if said.cue:
        yield "cue", said.cue.span
    for hop in said.relays:
        if hop.mention:
            yield "relay", hop.mention.span
        if hop.cue:
            yield "cue", hop.cue.span
    yield from (("distance", mark.span) for mark in said.distance if not said.cue or mark.span != said.cue.span)
    if claim.event.trigger:
        yield "event", claim.event.trigger.span
    if claim.place:
        yield "place", claim.place.mention.span
    if claim.time:
        yield "time", claim.time.evidence.span
    yield from (("quantity", each.mention.span) for each in claim.quantities)


def around(claim: Claim, doc: Document) -> Span:
    """What to show around a claim: the sentence with its attribution, at most some hundred characters on either side."""
    span, known = claim.span, claim.attribution.frame
    block = next((block.span for block in doc.blocks if block.span.covers(span)), None)
    if known is not None and known.covers(span) and len(known) <= len(span) + 4 * CONTEXT:
        return known
    if block is not None and len(block) <= len(span) + 2 * CONTEXT:
        return block
    return Span(max(0, span.start - CONTEXT), min(len(doc.text), span.end + CONTEXT)).trimmed(doc.text)


def report_marks(found: list[LedgerClaim]) -> Iterator[Mark]:
    """The claims of a report, numbered, each leading to its line beside the text."""
    for number, each in enumerate(found, 1):
        kind = "rejected" if each.rejected else "content"
        short = each.claim.id[:12]
        yield Mark(each.claim.span, kind, str(number), link=f"#c-{short}", anchor=f"w-{short}")
