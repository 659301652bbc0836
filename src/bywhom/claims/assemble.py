"""From attributions to claims: each content cut into clauses, each clause read for its event and how it is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bywhom.claims.certainty import CertaintyTable, certainty_of, certainty_table
from bywhom.claims.clauses import clauses
from bywhom.claims.distance import DistanceTable, distance_marks, distance_table, passage_hedges
from bywhom.claims.events import EventTable, event_table, find_event
from bywhom.claims.modality import ModalityTable, modality_of, modality_table
from bywhom.claims.polarity import PolarityTable, polarity_of, polarity_table
from bywhom.claims.rhetoric import RhetoricTable, claim_worth, rhetoric_table
from bywhom.records import Attribution, Block, BlockKind, Claim, Document, Extractor, Found, Mention, Span, claim_id


@dataclass(frozen=True, slots=True)
class ClaimTables:
    """The tables of this room."""

    events: EventTable
    certainty: CertaintyTable
    polarity: PolarityTable
    modality: ModalityTable
    distance: DistanceTable
    rhetoric: RhetoricTable

    @classmethod
    def load(cls) -> ClaimTables:
        """The shipped tables."""
        return cls(
            event_table(), certainty_table(), polarity_table(), modality_table(), distance_table(), rhetoric_table()
        )


def assemble(
    doc: Document, attributions: Sequence[Attribution], *, tables: ClaimTables, extractor: Extractor
) -> Found[Claim]:
    """The claims of one document, in text order, one for each clause that says something happened or will."""
    hedges = _hedges(doc, tables)
    claims = (
        claim
        for attribution in attributions
        for span in clauses(doc.text, attribution.content, table=tables.events)
        if (claim := _claim(doc, attribution, span, hedges, tables, extractor)) is not None
    )
    return Found(tuple(sorted(_distinct(claims), key=lambda c: (c.span.start, c.span.end))))


def _claim(
    doc: Document,
    attribution: Attribution,
    span: Span,
    hedges: Sequence[tuple[Span, Mention]],
    tables: ClaimTables,
    extractor: Extractor,
) -> Claim | None:
    text, cue, frame = doc.text, attribution.cue, attribution.frame
    lex = tables.events.lex
    event = find_event(text, span, table=tables.events, sentence=frame, cue=cue)
    attributed = attribution.source is not None
    if not claim_worth(text, span, event=event, attributed=attributed, table=tables.rhetoric, lex=lex):
        return None
    certainty = certainty_of(text, span, cue=cue, frame=frame, table=tables.certainty, event=event, lex=lex)
    polarity = polarity_of(text, span, event=event, table=tables.polarity, cue=cue, lex=lex)
    modality = modality_of(text, span, event=event, certainty=certainty, table=tables.modality, lex=lex)
    marks = distance_marks(text, frame if frame and cue else span, cue=cue, table=tables.distance, lex=lex)
    over = tuple(mention for passage, mention in hedges if passage.covers(span))
    marked = replace(attribution, distance=(*marks, *over))
    mention = attribution.source.mention if attribution.source else None
    return Claim(
        id=claim_id(doc.id, span, mention),
        document_id=doc.id,
        span=span,
        text=span.of(text),
        attribution=marked,
        certainty=certainty,
        polarity=polarity,
        modality=modality,
        distanced=bool(marked.distance),
        event=event,
        extractor=extractor,
    )


def _hedges(doc: Document, tables: ClaimTables) -> tuple[tuple[Span, Mention], ...]:
    """The hedges of the text with the paragraph that each covers."""
    found: list[tuple[Span, Mention]] = []
    for block in doc.blocks:
        if block.kind is BlockKind.BODY:
            found += [
                (_passage(doc.blocks, block), m) for m in passage_hedges(doc.text, block.span, table=tables.distance)
            ]
    return tuple(found)


def _passage(blocks: Sequence[Block], block: Block) -> Span:
    """The passage that a hedge covers: its own paragraph."""
    return block.span


def _distinct(claims: Iterator[Claim]) -> list[Claim]:
    """Claims by their id, the first of each."""
    return list({claim.id: claim for claim in reversed(list(claims))}.values())
