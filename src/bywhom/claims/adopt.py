"""From what another reader proposes to claims: its words and labels stand, and the rules read what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bywhom.claims.assemble import ClaimTables
from bywhom.claims.certainty import certainty_of
from bywhom.claims.distance import distance_marks
from bywhom.claims.events import find_event, triggers_in
from bywhom.claims.modality import modality_of
from bywhom.claims.polarity import polarity_of
from bywhom.records import Claim, Document, Event, Extractor, Found, Mention, Proposal, claim_id


def adopt(doc: Document, proposals: Sequence[Proposal], *, tables: ClaimTables, extractor: Extractor) -> Found[Claim]:
    """The claims of one document in text order, one for each proposal; of two with the same id the first stands."""
    claims: dict[str, Claim] = {}
    for proposal in proposals:
        claim = _claim(doc, proposal, tables, extractor)
        claims.setdefault(claim.id, claim)
    return Found(tuple(sorted(claims.values(), key=lambda c: (c.span, c.id))))


def _claim(doc: Document, proposal: Proposal, tables: ClaimTables, extractor: Extractor) -> Claim:
    text, span, said, lex = doc.text, proposal.span, proposal.attribution, tables.events.lex
    event = _event(text, proposal, tables)
    certainty = proposal.certainty or certainty_of(
        text, span, cue=said.cue, frame=said.frame, table=tables.certainty, event=event, lex=lex
    )
    marked = replace(said, distance=_distance(text, proposal, tables))
    return Claim(
        id=claim_id(doc.id, span, said.source.mention if said.source else None),
        document_id=doc.id,
        span=span,
        text=span.of(text),
        attribution=marked,
        certainty=certainty,
        polarity=proposal.polarity
        or polarity_of(text, span, event=event, table=tables.polarity, cue=said.cue, lex=lex),
        modality=proposal.modality
        or modality_of(text, span, event=event, certainty=certainty, table=tables.modality, lex=lex),
        distanced=bool(marked.distance),
        event=event,
        extractor=extractor,
    )


def _event(text: str, proposal: Proposal, tables: ClaimTables) -> Event:
    """The event as proposed, with the words that the rules find for it; as the rules read it where none is proposed."""
    said, table = proposal.attribution, tables.events
    read = find_event(text, proposal.span, table=table, sentence=said.frame, cue=said.cue)
    if proposal.event in (None, read.type):
        event = read
    else:
        triggers = (t.mention for t in triggers_in(text, proposal.span, table=table) if t.type is proposal.event)
        event = Event(proposal.event, next(triggers, None), read.actors)
    return event if proposal.actors is None else replace(event, actors=proposal.actors)


def _distance(text: str, proposal: Proposal, tables: ClaimTables) -> tuple[Mention, ...]:
    if proposal.distance is not None:
        return proposal.distance
    said = proposal.attribution
    sentence = said.frame if said.frame and said.cue else proposal.span
    return distance_marks(text, sentence, cue=said.cue, table=tables.distance, lex=tables.events.lex)
