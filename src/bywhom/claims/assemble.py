"""From attributions to claims: each content cut into clauses, each clause read for its event and how it is put."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bywhom.claims.certainty import CertaintyTable, certainty_of, certainty_table
from bywhom.claims.choosing import ChoiceTable, choice_table
from bywhom.claims.clauses import Part, clauses
from bywhom.claims.denials import denied_in_short, event_denied
from bywhom.claims.distance import DistanceTable, distance_marks, distance_table, passage_hedges
from bywhom.claims.events import EventTable, event_table, find_event
from bywhom.claims.modality import ModalityTable, modality_of, modality_table
from bywhom.claims.polarity import PolarityTable, polarity_of, polarity_table
from bywhom.claims.rhetoric import RhetoricTable, claim_worth, rhetoric_table
from bywhom.prose.forms import form_of
from bywhom.prose.quotations import QuotationIndex, quotations
from bywhom.records import (
    Attribution,
    BlockKind,
    Claim,
    Document,
    Event,
    EventType,
    Extractor,
    Found,
    Mention,
    Opening,
    Polarity,
    Quote,
    Span,
    claim_id,
)


@dataclass(frozen=True, slots=True)
class ClaimTables:
    """The tables of this room."""

    events: EventTable
    certainty: CertaintyTable
    polarity: PolarityTable
    modality: ModalityTable
    distance: DistanceTable
    rhetoric: RhetoricTable
    choice: ChoiceTable

    @classmethod
    def load(cls) -> ClaimTables:
        """The shipped tables."""
        return cls(
            event_table(),
            certainty_table(),
            polarity_table(),
            modality_table(),
            distance_table(),
            rhetoric_table(),
            choice_table(),
        )


def with_polarity(
    doc: Document, claims: Sequence[Claim], before: Sequence[Claim], *, tables: ClaimTables
) -> Found[Claim]:
    """The claims, polarity read again where another event was chosen than `before`: a "not" may reach one word and not the other."""
    return Found(tuple(_reread(doc.text, claim, was, tables) for claim, was in zip(claims, before, strict=True)))


def _reread(text: str, claim: Claim, was: Claim, tables: ClaimTables) -> Claim:
    if (claim.event.type, claim.event.trigger) == (was.event.type, was.event.trigger):
        return claim
    # Where no word names the new event to the rules, only what negates the clause as a whole can deny it.
    unnamed = claim.event.type is EventType.OTHER and was.polarity is Polarity.POSITIVE
    event, cue, lex = Event(EventType.OTHER) if unnamed else claim.event, was.attribution.cue, tables.events.lex
    return replace(claim, polarity=polarity_of(text, claim.span, event=event, table=tables.polarity, cue=cue, lex=lex))


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every claim of one document is read with."""

    doc: Document
    tables: ClaimTables
    extractor: Extractor
    quotations: QuotationIndex
    passages: tuple[tuple[Span, tuple[Mention, ...]], ...]  # paragraphs in text order, with the hedges over each
    starts: tuple[int, ...]

    def hedges_over(self, span: Span) -> tuple[Mention, ...]:
        """The hedges that cover a span: those of its own paragraph."""
        i = bisect_right(self.starts, span.start) - 1
        return self.passages[i][1] if i >= 0 and self.passages[i][0].covers(span) else ()


def assemble(
    doc: Document,
    attributions: Sequence[Attribution],
    *,
    tables: ClaimTables,
    extractor: Extractor,
    openings: Sequence[Opening] | None = None,
) -> Found[Claim]:
    """The claims of one document, in text order, one for each clause that says something happened or will.

    `openings` is where claims may begin as a trained reader sees it, in text order; None: none has looked.
    """
    paragraphs = [block.span for block in doc.blocks if block.kind is BlockKind.BODY]
    passages = tuple((span, tuple(passage_hedges(doc.text, span, table=tables.distance))) for span in paragraphs)
    marks = QuotationIndex(quotations(doc.text, paragraphs))
    reader = _Reader(doc, tables, extractor, marks, passages, tuple(span.start for span in paragraphs))
    claims: dict[str, Claim] = {}
    for attribution in attributions:
        denial = _denial(reader, attribution, claims.values())
        if denial is not None:
            claims.setdefault(denial.id, denial)
            continue
        for part in clauses(doc.text, attribution.content, table=tables.events, openings=openings):
            claim = _claim(reader, attribution, part)
            if claim is not None:
                claims.setdefault(claim.id, claim)
    return Found(tuple(sorted(claims.values(), key=lambda c: (c.span.start, c.span.end))))


def _claim(reader: _Reader, attribution: Attribution, part: Part) -> Claim | None:
    """The claim that a clause makes, read for its event and how it is put; None where it says nothing happened."""
    span, text, tables = part.span, reader.doc.text, reader.tables
    lex = tables.events.lex
    event = find_event(text, span, table=tables.events, sentence=attribution.frame, cue=attribution.cue)
    attributed = attribution.source is not None
    if not claim_worth(text, span, event=event, attributed=attributed, table=tables.rhetoric, lex=lex):
        return None
    return _read(reader, attribution, part, event)


def _form(reader: _Reader, said: Attribution, span: Span) -> Quote:
    """The form of a clause: a content that is quoted in part may hold one that is quoted whole, and one that is not at all."""
    if said.quote is not Quote.MIXED:
        return said.quote
    voiced = (said.cue, said.source.mention if said.source else None)
    besides = [mention.span for mention in voiced if mention is not None]
    return form_of(reader.doc.text, span, reader.quotations, besides=besides)


def _denial(reader: _Reader, attribution: Attribution, told: Iterable[Claim]) -> Claim | None:
    """The claim that a denial in short makes: that what was told before did not happen."""
    tables = reader.tables
    span = denied_in_short(reader.doc.text, attribution, table=tables.polarity, lex=tables.events.lex)
    if span is None:
        return None
    event = event_denied(span, told, Mention.at(attribution.content, reader.doc.text))
    claim = _read(reader, attribution, Part(span), event)
    return replace(claim, polarity=Polarity.NEGATIVE)


def _read(reader: _Reader, attribution: Attribution, part: Part, event: Event) -> Claim:
    """The claim of a clause that tells an event, read for how it is put."""
    span, text, tables, cue, frame = part.span, reader.doc.text, reader.tables, attribution.cue, attribution.frame
    lex = tables.events.lex
    certainty = certainty_of(text, span, cue=cue, frame=frame, table=tables.certainty, event=event, lex=lex)
    marks = distance_marks(text, frame if frame and cue else span, cue=cue, table=tables.distance, lex=lex)
    distance = (*marks, *reader.hedges_over(span))
    marked = replace(attribution, distance=distance, quote=_form(reader, attribution, span))
    return Claim(
        id=claim_id(reader.doc.id, span, attribution.source.mention if attribution.source else None),
        document_id=reader.doc.id,
        span=span,
        text=span.of(text),
        attribution=marked,
        certainty=certainty,
        polarity=polarity_of(text, span, event=event, table=tables.polarity, cue=cue, lex=lex),
        modality=modality_of(text, span, event=event, certainty=certainty, table=tables.modality, lex=lex),
        distanced=bool(marked.distance),
        event=event,
        extractor=reader.extractor.deciding("span") if part.seen else reader.extractor,
    )
