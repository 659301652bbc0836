"""One proposition in the words of one document, and all that was read of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from bywhom.records.attribution import Attribution
from bywhom.records.event import Event
from bywhom.records.place import Place
from bywhom.records.quantity import Quantity
from bywhom.records.span import Mention, Span
from bywhom.records.time import Timespan


class Certainty(StrEnum):
    """How sure the source is, in the source's own wording."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether the event is said to have happened."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """Where the event stands in the world that the claim describes."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


_DECIDED = "; trained reader: "


@dataclass(frozen=True, slots=True)
class Extractor:
    """What decided a row: so that the same input gives the same row, and a changed row says why."""

    name: str
    version: str
    model_digest: str | None = None

    def deciding(self, *parts: str) -> Extractor:
        """The same, where the trained reader and not the rules decided these parts of a claim."""
        name, _, others = self.name.partition(_DECIDED)
        every = sorted({*parts, *filter(None, others.split(", "))})
        return replace(self, name=f"{name}{_DECIDED}{', '.join(every)}") if every else self


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition by one source, in the words of one document."""

    id: str  # digest of document, span and source mention: of words, never of our reading of them
    document_id: str
    span: Span  # code points of Document.text
    text: str  # exactly Document.text[span.start:span.end]
    attribution: Attribution
    certainty: Certainty
    polarity: Polarity
    modality: Modality
    distanced: bool
    event: Event
    place: Place | None = None
    time: Timespan | None = None
    quantities: tuple[Quantity, ...] = ()
    extractor: Extractor = Extractor("bywhom", "0")


def claim_id(document_id: str, span: Span, source_mention: Mention | None) -> str:
    """A stable id of 24 hexadecimal digits for the words of a claim."""
    at = f"{source_mention.start}-{source_mention.end}" if source_mention else "-"
    return sha256(f"{document_id} {span.start}-{span.end} {at}".encode()).hexdigest()[:24]
